import DequeModule

/// Lets one operation at a time have the connection, in the order in which they asked. Belongs to one actor.
struct TurnQueue {
    typealias Ticket = UInt64

    private var isTaken = false
    private var waiting: Deque<(ticket: Ticket, continuation: CheckedContinuation<Void, any Error>)> = []

    /// - Returns: whether it is the caller's turn at once; if not, the caller must `wait`.
    mutating func take() -> Bool {
        defer { isTaken = true }
        return !isTaken
    }

    mutating func wait(_ ticket: Ticket, _ continuation: CheckedContinuation<Void, any Error>) {
        waiting.append((ticket, continuation))
    }

    /// Takes somebody who waits out of the queue.
    mutating func cancel(_ ticket: Ticket) {
        guard let index = waiting.firstIndex(where: { $0.ticket == ticket }) else { return }
        waiting.remove(at: index).continuation.resume(throwing: CancellationError())
    }

    /// Ends the caller's turn and begins the next one.
    mutating func pass() {
        guard let next = waiting.popFirst() else {
            isTaken = false
            return
        }
        next.continuation.resume()
    }
}
