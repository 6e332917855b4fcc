import Logging

extension Wire {
    /// The task behind `ticket` was cancelled: leave the queue, or stop the statement on the server.
    func cancel(_ ticket: TurnQueue.Ticket, isShielded: Bool) {
        guard state.running == ticket else {
            if !isShielded { turns.cancel(ticket) }
            return
        }
        // A connection that listens runs no statement.
        perform(state.cancel(ticket, isStatement: mode != .listening, now: .now))
    }

    /// Cancels the running operation if it takes longer.
    func limit(to timeout: Duration) {
        state.limit(at: .now + timeout.bounded)
        setDeadline()
    }

    /// Closes the connection if the running operation takes longer: for what the client itself sends, which is quick.
    func close(after limit: Duration) { close(at: .now + limit.bounded) }

    /// Closes the connection at `instant` if the running operation has not ended by then.
    func close(at instant: ContinuousClock.Instant) {
        state.close(at: instant)
        setDeadline()
    }

    /// Asks the server to end the running operation's statement. The operation must go on to read the outcome.
    func cancelRunning() { perform(state.request(.taskCancelled, now: .now)) }

    /// On a thread of its own, since libpq blocks until the server has closed the request's connection.
    func sendCancelRequest() {
        guard let request = handle?.makeCancelHandle(patience: limits.cancellation) else { return cancelRequestEnded() }
        do {
            let logger = logger
            try Threads.detach(named: "postgres-cancel") {
                if let problem = request.send() { logger.warning("Cannot cancel a PostgreSQL statement: \(problem)") }
                Task { await self.cancelRequestEnded() }
            }
        } catch {
            logger.error("Cannot cancel a PostgreSQL statement: \(error)")
            cancelRequestEnded()
        }
    }

    private func cancelRequestEnded() { perform(state.requestEnded(now: .now)) }

    /// Waits until no cancel request is under way: it could hit the next statement.
    func finishCancellation() async {
        while state.mustWaitForRequest() {
            _ = await withCheckedContinuation { perform(state.wait($0)) }
        }
    }

    /// After a cancelled statement: makes ready for what the same operation sends next.
    func calm() async {
        await finishCancellation()
        state.calm()
        close(after: limits.control)
    }

    /// What the running operation throws when it has ended as it was asked to.
    func cancellationError(_ cause: State.Cause) -> any Error {
        cause == .timeout
            ? PostgresError(.statementTimeout, "the statement took longer than its timeout") : CancellationError()
    }

    /// What the running operation throws when the connection was closed under it.
    var closedError: any Error {
        guard state.isGivenUp else { return lost("the connection was closed during the operation") }
        logger.warning(
            "Closed a PostgreSQL connection whose server did not answer in time",
            metadata: ["pid": "\(backendProcessID)"])
        return state.cause.map(cancellationError) ?? lost("the server did not answer in time")
    }
}

extension Duration {
    /// No longer than a century, so that instants can be reckoned with whatever somebody asks for.
    var bounded: Duration { min(self, .seconds(100 * 365 * 86_400)) }
}
