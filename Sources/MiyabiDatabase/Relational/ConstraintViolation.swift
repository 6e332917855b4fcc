import Postgres

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
        case .foreignKey: "\(table): \(names) and the row it refers to do not agree (\(constraint ?? ""))."
        case .check: "\(table): \(names) cannot have such a value (\(constraint ?? ""))."
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
    init?(_ error: PostgresError, query: (PostgresQuery) async throws -> PostgresRows) async throws {
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
                  SELECT to_regclass(format('%I.%I', \(error.schemaName)::text, \(table)::text)) AS id,
                    \(constraint)::text AS name
                )
                SELECT attname::text FROM known JOIN pg_attribute ON attrelid = known.id
                WHERE attnum IN (
                  SELECT unnest(conkey) FROM pg_constraint WHERE conrelid = known.id AND conname = known.name
                  UNION ALL SELECT refobjsubid FROM pg_depend JOIN pg_class ON pg_class.oid = objid
                  WHERE classid = 'pg_class'::regclass AND refobjid = known.id AND relname = known.name
                )
                ORDER BY attnum
                """
            ).decode(String.self)
        }
    }
}
