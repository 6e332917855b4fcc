public import Foundation
import Postgres

/// Rows that are inserted in one statement, and in smaller ones only where the schema refuses some of them.
struct BulkInsert<Row: Sendable> {
    let connection: PostgresConnection
    /// Inserts some rows in one statement and tells what became of each.
    let insert: ([Row]) async throws -> [InsertedRow]

    /// Inserts rows in the order of a key, so that two writers of the same rows cannot wait for each other in a circle.
    ///
    /// - Returns: What became of each, in the order of `rows`.
    func run(_ rows: [Row], inOrderOf key: (Row) -> some Comparable) async throws -> [InsertedRow] {
        guard !rows.isEmpty else { return [] }
        let order = rows.indices.sorted { key(rows[$0]) < key(rows[$1]) }
        let results = try await run(order.map { rows[$0] }[...])
        return zip(order, results).sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// A refused row costs about two statements for each time that the rows can be halved.
    private func run(_ rows: ArraySlice<Row>) async throws -> [InsertedRow] {
        do {
            return try await connection.withTransaction { _ in try await insert(Array(rows)) }
        } catch let error as PostgresError where error.isAboutValues {
            if rows.count == 1 {
                return [.refused(try await ConstraintViolation(error) { try await connection.query($0) } ?? error)]
            }
            let middle = rows.startIndex + rows.count / 2
            return try await run(rows[..<middle]) + run(rows[middle...])
        }
    }
}

extension PostgresError {
    /// Whether other values could have been stored: class 22, data exceptions, or 23, constraints (PostgreSQL's manual,
    /// appendix A).
    fileprivate var isAboutValues: Bool { sqlState.map { $0.hasPrefix("22") || $0.hasPrefix("23") } ?? false }
}

/// What became of one row of a bulk insert.
public enum InsertedRow: Sendable {
    /// It is new.
    case inserted(UUID)
    /// A row with its key was there and is left as it is; its id, nil where the caller may not see it.
    case present(UUID?)
    /// The schema does not allow it: ``ConstraintViolation``, or `PostgresError` for a value that is too long or too large
    /// for its column. The other rows are not concerned.
    case refused(any Error)

    /// Whether it is new.
    ///
    /// - Throws: Why it was refused.
    public var isNew: Bool {
        get throws {
            switch self {
            case .inserted: true
            case .present: false
            case .refused(let error): throw error
            }
        }
    }

    /// The id of the row that is there now; nil where the caller may not see it.
    ///
    /// - Throws: Why it was refused.
    public var id: UUID? {
        get throws {
            switch self {
            case .inserted(let id): id
            case .present(let id): id
            case .refused(let error): throw error
            }
        }
    }
}

extension InsertedRow {
    /// What became of rows, of which `inserted` are new and the others were there.
    static func each(of ids: [UUID], inserted: [UUID]) -> [InsertedRow] {
        let own = Dictionary(ids.map { ($0, $0) }) { first, _ in first }
        return each(of: ids, inserted: Dictionary(uniqueKeysWithValues: inserted.map { ($0, $0) }), present: own)
    }

    /// What became of rows by their keys: of two with one key, the first is the new one.
    static func each<Key: Hashable>(
        of keys: [Key], inserted: [Key: UUID], present: [Key: UUID]
    ) -> [InsertedRow] {
        var new = inserted
        return keys.map { key in new.removeValue(forKey: key).map { .inserted($0) } ?? .present(present[key]) }
    }
}
