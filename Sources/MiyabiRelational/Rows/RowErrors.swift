public import Foundation
package import Postgres

/// A row that the schema does not allow: ``Database/withSession(as:_:)`` throws it in place of the server's error. It holds
/// names, never values.
public struct ConstraintViolation: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was violated.
    public enum Kind: String, Sendable, Hashable {
        /// A field has no value and needs one.
        case notNull
        /// Another row has the same values.
        case unique
        /// The row that is referred to is not there; or one was to go that others refer to.
        case foreignKey
        /// The values make no sense.
        case check
    }

    /// What was violated.
    public let kind: Kind
    /// The table that has the constraint; of a foreign key, the one that refers.
    public let table: String
    /// The columns that the constraint is about, in the table's order.
    public let fields: [String]
    /// The constraint's name, or the unique index's; nil for a missing value.
    public let constraint: String?

    /// One sentence.
    public var description: String {
        let names = fields.joined(separator: ", ")
        return switch kind {
        case .notNull: "\(table): \(names) must have a value."
        case .unique: "\(table): there is a row with the same \(names) (\(constraint ?? ""))."
        case .foreignKey:
            "\(table): \(names) refers to a missing row, or other rows refer to this one (\(constraint ?? ""))."
        case .check: "\(table): \(names) has a value that is not allowed (\(constraint ?? ""))."
        }
    }
}

extension ConstraintViolation {
    private static let kinds: [String: Kind] = [
        PostgresSQLState.notNullViolation: .notNull, PostgresSQLState.uniqueViolation: .unique,
        PostgresSQLState.foreignKeyViolation: .foreignKey, PostgresSQLState.checkViolation: .check,
    ]

    /// What the server's error says about a constraint; nil for other errors.
    ///
    /// The server names the column of a missing value only. The columns of a constraint are read from its catalogue, by
    /// `query`: not in the transaction that failed, which can ask nothing any more.
    package init?(_ error: PostgresError, query: (PostgresQuery) async throws -> PostgresRows) async throws {
        guard let state = error.sqlState, let kind = Self.kinds[state], let table = error.tableName else { return nil }
        self.kind = kind
        self.table = table
        constraint = error.constraintName
        if let column = error.columnName {
            fields = [column]
        } else {
            fields = try await query(
                """
                WITH known AS (
                  -- By the catalogue, which everybody reads: to look a name up takes USAGE of its schema.
                  SELECT (
                      SELECT pg_class.oid FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
                      WHERE nspname = \(error.schemaName)::text AND relname = \(table)::text
                    ) AS id, \(constraint)::text AS name
                ), constrained AS (
                  SELECT known.id, unnest(conkey) AS number FROM known JOIN pg_constraint
                    ON conrelid = known.id AND conname = known.name
                  UNION ALL SELECT known.id, refobjsubid FROM known JOIN pg_depend ON refobjid = known.id
                    JOIN pg_class ON pg_class.oid = objid AND relname = known.name
                  WHERE classid = 'pg_class'::regclass
                ), generated AS (
                  SELECT adrelid AS id, adnum AS number, refobjsubid AS origin
                  FROM constrained JOIN pg_attrdef ON adrelid = id AND adnum = number
                  JOIN pg_depend ON classid = 'pg_attrdef'::regclass AND objid = pg_attrdef.oid AND refobjid = id
                  JOIN pg_attribute ON attrelid = id AND attnum = number AND attgenerated <> ''
                  WHERE refobjsubid <> number
                )
                -- Of a generated column, those that it is made of.
                SELECT attname::text FROM pg_attribute WHERE (attrelid, attnum) IN (
                  SELECT id, coalesce(origin, number) FROM constrained LEFT JOIN generated USING (id, number)
                )
                ORDER BY attnum
                """
            ).decode(String.self)
        }
    }
}

/// What a person typed does not tell one row.
public struct LookupError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was asked for, in words.
    public let subject: String
    /// The rows that it may mean, with GitHub's number of each; empty when there is none.
    public let candidates: [Candidate]

    /// A row that a name may mean.
    public struct Candidate: Sendable, Hashable {
        /// The row.
        public let id: UUID
        /// GitHub's number.
        public let githubID: Int64
    }

    /// One sentence.
    public var description: String {
        if candidates.isEmpty { return "There is no \(subject)." }
        let list = candidates.map { "\($0.id.lowercased) (GitHub's number \($0.githubID))" }
        return "There is more than one \(subject); name one of them: \(list.joined(separator: ", "))."
    }
}
