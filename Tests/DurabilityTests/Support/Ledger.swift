import DynamoDB
import Synchronization

/// What the writers did, as far as they were told.
///
/// Each key belongs to one writer, which does one thing at a time. So an item has one state that is known, and one more
/// that is possible while a request is unanswered.
final class Ledger: Sendable {
    /// States that an item may have; nil is absence.
    typealias Possible = [Item?]

    private struct State {
        var items: [Key: Possible] = [:]
        /// Keys of requests that write all or nothing, unanswered.
        var together: [[Key]] = []
        /// The number of acknowledged requests.
        var acknowledged = 0
        /// Transfers without an answer, to be sent again.
        var transfers: [Transfer] = []
    }

    private let state = Mutex(State())

    var acknowledged: Int { state.withLock { $0.acknowledged } }

    /// What the writer knows of its item.
    subscript(key: Key) -> Item? {
        state.withLock { $0.items[key]?[0] }
    }

    /// To be called before a request that writes all or nothing.
    func attempt(_ changes: [Key: Item?]) {
        state.withLock { state in
            for (key, item) in changes { state.items[key] = [state.items[key]?[0], item] }
            state.together.append(Array(changes.keys))
        }
    }

    /// To be called when the request was answered with success.
    func acknowledge(_ changes: [Key: Item?]) {
        let keys = Set(changes.keys)
        state.withLock { state in
            for (key, item) in changes { state.items[key] = [item] }
            state.together.removeAll { Set($0) == keys }
            state.acknowledged += 1
        }
    }

    func attempt(_ transfer: Transfer) { state.withLock { $0.transfers.append(transfer) } }

    func acknowledge(_ transfer: Transfer) {
        state.withLock { state in
            state.transfers.removeAll { $0 == transfer }
            state.acknowledged += 1
        }
    }

    var unansweredTransfers: [Transfer] { state.withLock { $0.transfers } }

    /// Compares with what is there, and takes that for known.
    ///
    /// - Returns: what must not be, in words.
    func settle(_ actual: [Key: Item], isDue: (Item) -> Bool) -> [String] {
        state.withLock { state in
            var faults: [String] = []
            for (key, possible) in state.items {
                let found = actual[key]
                // Expiry deletes at some time after it is due.
                let isGone = found == nil && possible.contains { $0.map(isDue) ?? false }
                if !isGone, !possible.contains(found) {
                    faults.append("\(key) is \(String(describing: found)), not one of \(possible)")
                }
            }
            for keys in state.together {
                let done = Set(keys.map { key in actual[key] == state.items[key]?.last ?? nil })
                if done.count != 1 { faults.append("half of a request is there: \(keys.sorted { $0.sort < $1.sort })") }
            }
            state.together = []
            state.items = state.items.reduce(into: [:]) { items, entry in items[entry.key] = [actual[entry.key]] }
            return faults
        }
    }
}
