import Synchronization

/// What the elements of a database's arrays of domains are over.
///
/// A column of a domain has its base type in the server's answer, but an array of domains has not: its header names the
/// domain. A connection asks the catalogue when it meets such an array, once for all that there are.
final class DomainArrays: Sendable {
    private struct Known {
        /// By the array's type.
        var baseTypes: [UInt32: UInt32] = [:]
        /// Arrays of types of the user's that are not domains, such as enums.
        var others: Set<UInt32> = []
        var isLoaded = false
    }

    private let known = Mutex(Known())

    /// The type of a column; for an array of domains, it tells what the elements are over.
    func type(oid: UInt32) -> PostgresType {
        let type = PostgresType(oid: oid)
        guard type.isUserDefined, let base = known.withLock({ $0.baseTypes[oid] }) else { return type }
        return PostgresType(oid: oid, elementBase: base)
    }

    /// Nothing has been asked yet, or what has been met since was not known then.
    var isDue: Bool { known.withLock { !$0.isLoaded } }

    /// Arrays of this type have been met. Whether they are known to be of domains, or not to be.
    func knows(_ oid: UInt32) -> Bool {
        known.withLock { known in
            if known.baseTypes[oid] != nil || known.others.contains(oid) { return true }
            known.isLoaded = false
            return false
        }
    }

    /// - Parameter met: what was looked for.
    func learn(_ answer: ResultHandle, met: Set<UInt32>) {
        known.withLock { known in
            for row in 0..<answer.rowCount {
                guard let array = answer.integer(row: row, column: 0), let base = answer.integer(row: row, column: 1)
                else { continue }
                known.baseTypes[array] = base
            }
            known.others.formUnion(met.filter { known.baseTypes[$0] == nil })
            known.isLoaded = true
        }
    }

    /// A domain may be over another one. Source: PostgreSQL, "pg_type".
    static let query = """
        WITH RECURSIVE d (elements, base) AS (
            SELECT typarray, typbasetype FROM pg_catalog.pg_type WHERE typtype = 'd' AND oid >= 16384
            UNION ALL
            SELECT d.elements, t.typbasetype FROM d JOIN pg_catalog.pg_type t ON t.oid = d.base WHERE t.typtype = 'd')
        SELECT d.elements, d.base FROM d JOIN pg_catalog.pg_type t ON t.oid = d.base WHERE t.typtype <> 'd'
        """
}
