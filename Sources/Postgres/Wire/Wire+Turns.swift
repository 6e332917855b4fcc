import DequeModule
import Synchronization

extension Wire {
    /// An operation: it runs on the reactor's thread, alone on the connection.
    typealias Operation<R> = @Sendable (isolated Wire) async throws -> R

    /// Runs `operation` when it is its turn. If the task is cancelled while it waits, nothing runs; while it runs, the
    /// server is asked to cancel the statement, and `operation` goes on to read the outcome.
    ///
    /// The cancellation handler stands outside the actor: inside, it would cost a switch of threads and back.
    /// - Parameters:
    ///   - shielded: the operation must run to its end even in a cancelled task, as ROLLBACK must. The server then has
    ///     little time for it.
    ///   - limit: after which the connection is closed.
    nonisolated func inTurn<R: Sendable>(
        shielded: Bool = false, within limit: Duration? = nil, _ operation: Operation<R>
    ) async throws -> R {
        let ticket = tickets.add(1, ordering: .relaxed).newValue
        return try await withTaskCancellationHandler {
            try await withTaskExecutorPreference(reactor) {
                try await takeTurn(ticket, shielded: shielded, within: limit, operation)
            }
        } onCancel: {
            Task { await self.cancel(ticket, isShielded: shielded) }
        }
    }

    private func takeTurn<R: Sendable>(
        _ ticket: TurnQueue.Ticket, shielded: Bool, within limit: Duration?, _ operation: Operation<R>
    ) async throws -> R {
        // A cancellation before these checks is seen by them; one after them finds the ticket queued or running.
        if !shielded { try Task.checkCancellation() }
        if !turns.take() {
            try await withCheckedThrowingContinuation { turns.wait(ticket, $0) }
            if !shielded, Task.isCancelled {
                turns.pass()
                throw CancellationError()
            }
        }
        state.begin(ticket, isShielded: shielded)
        if shielded, Task.isCancelled { cancel(ticket, isShielded: true) }
        if let limit { close(after: limit) }
        (rewindFrame, freshFrame) = (freshFrame, nil)
        status.store(handle == nil ? .closed : .active, ordering: .relaxed)
        do {
            let value = try await operation(self)
            await endTurn()
            return value
        } catch {
            await endTurn()
            throw error
        }
    }

    private func endTurn() async {
        await finishCancellation()
        state.end()
        setDeadline()
        watchWhileIdle()
        if mode == .statements { status.store(handle?.transactionStatus ?? .closed, ordering: .releasing) }
        turns.pass()
    }
}

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
