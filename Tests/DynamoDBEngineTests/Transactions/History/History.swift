import Synchronization

/// What clients did and saw, each operation with its invocation and its response.
///
/// Every item keeps a list of the operations that appended to it, in order: so a read tells which version it saw, and
/// of which versions that one was made.
struct History {
    /// A key in a table.
    struct Key: Hashable, CustomStringConvertible {
        let table: String
        let name: String

        var description: String { "\(table)/\(name)" }
    }

    /// One operation, as its client saw it.
    struct Operation {
        /// Moments on the history's clock, which ticks with every invocation and every response.
        var invoked: Int
        var returned = 0
        /// The list of each key that it read.
        var reads: [Key: [Int]] = [:]
        /// The keys that it appended its own number to.
        var appends: Set<Key> = []
    }

    /// Each by its number. Those that were refused are here too: they appended nothing.
    var operations: [Int: Operation] = [:]
    /// The list of each key in the end.
    var final: [Key: [Int]] = [:]
}

/// Records a history of concurrent clients.
final class HistoryRecorder: Sendable {
    private struct State {
        var clock = 0
        var lastNumber = 0
        var operations: [Int: History.Operation] = [:]
    }

    private let state = Mutex(State())

    /// Runs an operation, which tells what it read and appended.
    ///
    /// - Parameter body: is given the operation's number.
    func record(_ body: (Int, inout History.Operation) async throws -> Void) async rethrows {
        var (number, operation) = state.withLock { state in
            state.clock += 1
            state.lastNumber += 1
            return (state.lastNumber, History.Operation(invoked: state.clock))
        }
        try await body(number, &operation)
        state.withLock { state in
            state.clock += 1
            operation.returned = state.clock
            state.operations[number] = operation
        }
    }

    var operations: [Int: History.Operation] { state.withLock { $0.operations } }
}
