import Synchronization

extension Wire {
    /// Runs `operation` when it is its turn. If the task is cancelled while it waits, nothing runs; while it runs, the
    /// server is asked to cancel the statement, and `operation` goes on to read the outcome.
    ///
    /// - Parameter shielded: the operation must run to its end even in a cancelled task, as ROLLBACK must.
    func inTurn<R: Sendable>(shielded: Bool = false, _ operation: () async throws -> R) async throws -> R {
        let ticket = turns.nextTicket()
        if shielded {
            if !turns.take() { try await withCheckedThrowingContinuation { turns.wait(ticket, $0) } }
            return try await run(ticket, operation)
        }
        try Task.checkCancellation()
        return try await withTaskCancellationHandler {
            if !turns.take() { try await withCheckedThrowingContinuation { turns.wait(ticket, $0) } }
            return try await run(ticket, operation)
        } onCancel: {
            Task { await self.cancel(ticket) }
        }
    }

    private func run<R: Sendable>(_ ticket: TurnQueue.Ticket, _ operation: () async throws -> R) async throws -> R {
        cancellation.begin(ticket)
        state.store(handle == nil ? .closed : .active, ordering: .relaxed)
        do {
            let value = try await operation()
            await endTurn()
            return value
        } catch {
            await endTurn()
            throw error
        }
    }

    private func endTurn() async {
        // A request still under way could hit the next statement.
        if cancellation.isRequested { await finishCancellation() }
        cancellation.end()
        watchWhileIdle()
        if mode == .statements { state.store(handle?.transactionStatus ?? .closed, ordering: .releasing) }
        turns.pass()
    }
}
