import Logging

extension Wire {
    /// The state of a request to cancel the running operation.
    struct Cancellation {
        /// How long a server may take to end a cancelled statement before the connection is given up.
        static let patience = Duration.seconds(10)

        /// Why an operation is to end.
        enum Cause {
            case taskCancelled
            case timeout
        }

        private(set) var running: TurnQueue.Ticket?
        /// Why the running operation is to end; `nil` while it is not.
        private var cause: Cause?
        /// The running operation has a timeout.
        private(set) var isLimited = false
        /// The request is on its way to the server.
        private(set) var isUnderWay = false
        var waiter: CheckedContinuation<Void, Never>?

        mutating func begin(_ ticket: TurnQueue.Ticket) {
            running = ticket
        }

        mutating func limit() { isLimited = true }

        /// The running operation is to end.
        var isRequested: Bool { cause != nil }

        mutating func request(_ cause: Cause) {
            self.cause = cause
            isUnderWay = true
        }

        /// The operation sees the request by itself: nothing goes to the server.
        mutating func requestLocally(_ cause: Cause) { self.cause = cause }

        mutating func delivered() {
            isUnderWay = false
            waiter?.resume()
            waiter = nil
        }

        mutating func end() {
            running = nil
            (cause, isLimited) = (nil, false)
        }

        /// What the operation throws when the server has ended it as it was asked to.
        var error: any Error {
            cause == .timeout
                ? PostgresError(.statementTimeout, "the statement took longer than its timeout") : CancellationError()
        }
    }

    /// The task behind `ticket` was cancelled: leave the queue, or stop the statement on the server.
    func cancel(_ ticket: TurnQueue.Ticket) {
        guard cancellation.running == ticket else {
            turns.cancel(ticket)
            return
        }
        cancelRunning()
    }

    /// Cancels the running operation if it takes longer.
    func limit(to timeout: Duration) {
        cancellation.limit()
        reactor.setDeadline(.now + timeout, for: self)
    }

    /// Asks the server to end the running operation's statement. The operation must go on to read the outcome.
    func cancelRunning(_ cause: Cancellation.Cause = .taskCancelled) {
        guard !cancellation.isRequested else { return }
        // A connection that listens runs no statement.
        if mode == .listening {
            cancellation.requestLocally(cause)
            return interrupt()
        }
        guard let request = handle?.makeCancelHandle() else { return }
        cancellation.request(cause)
        reactor.setDeadline(.now + Cancellation.patience, for: self)
        do {
            let logger = logger
            try Threads.detach(named: "postgres-cancel") {
                if let problem = request.send() { logger.warning("Cannot cancel a PostgreSQL statement: \(problem)") }
                Task { await self.cancellationDelivered() }
            }
        } catch {
            logger.error("Cannot cancel a PostgreSQL statement: \(error)")
            cancellationDelivered()
        }
    }

    private func cancellationDelivered() { cancellation.delivered() }

    func finishCancellation() async {
        if cancellation.isUnderWay, handle != nil {
            await withCheckedContinuation { cancellation.waiter = $0 }
        }
        reactor.setDeadline(nil, for: self)
    }
}
