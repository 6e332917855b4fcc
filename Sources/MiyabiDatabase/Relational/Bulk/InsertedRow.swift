public import Foundation

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
