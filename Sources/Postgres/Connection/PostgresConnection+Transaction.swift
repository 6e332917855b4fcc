import Synchronization

extension PostgresConnection {
    /// Runs `body` in a transaction: commits when it returns, rolls back when it throws or the task is cancelled.
    ///
    /// Inside another transaction it is a savepoint: what it did is undone when it throws, and the outer transaction
    /// goes on if its own body catches the error.
    ///
    /// - Parameter isolation: the isolation level; `nil` is the session's default. A savepoint cannot have its own.
    /// - Throws: what `body` throws; `PostgresError` with code `.commitRolledBack` when the server turned COMMIT into
    ///   ROLLBACK, because `body` swallowed the failure of a statement; `.commitOutcomeUnknown` when the connection
    ///   broke during COMMIT; `.transactionMisuse`; or whatever else the server refuses, such as a deferred constraint.
    ///   An error of BEGIN or COMMIT says so in `transactionStep`, and where ROLLBACK failed too that is in
    ///   `rollBackFailure`. `PostgresTransactionError` when ROLLBACK failed after an error of `body`'s own.
    @discardableResult
    public nonisolated(nonsending) func withTransaction<R>(
        isolation: IsolationLevel? = nil, fileID: String = #fileID, line: Int = #line,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> R
    ) async throws -> R {
        try await withFrame(
            { level in try TransactionFrame(level: level, isolation: isolation) },
            at: CallSite(fileID: fileID, line: line), body)
    }

    /// Runs `body` between the statements of the frame that `makeFrame` gives for the transaction's depth.
    nonisolated(nonsending) func withFrame<R>(
        _ makeFrame: (Int) throws -> TransactionFrame, at site: CallSite,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> R
    ) async throws -> R {
        try await PostgresError.locating(site) { try await withFrame(makeFrame, site, body) }
    }

    private nonisolated(nonsending) func withFrame<R>(
        _ makeFrame: (Int) throws -> TransactionFrame, _ site: CallSite,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> R
    ) async throws -> R {
        let level = transactionDepth.withLock { depth in
            depth += 1
            return depth
        }
        do {
            let frame = try makeFrame(level)
            try await step(.begin) { try await wire.begin(frame) }
            do {
                let value = try await body(self)
                try Task.checkCancellation()
                try checkInnermost(level)
                try await step(.commit) { try await wire.commit(frame) }
                leave(level)
                return value
            } catch {
                guard let failure = await wire.rollBack(frame), !(error is CancellationError) else { throw error }
                guard var told = error as? PostgresError else {
                    throw PostgresTransactionError(body: error, rollBack: failure.at(site))
                }
                told.rollBackFailure = failure.message
                throw told
            }
        } catch {
            leave(level)
            throw error
        }
    }

    private nonisolated(nonsending) func step(
        _ step: PostgresError.TransactionStep, _ run: nonisolated(nonsending) () async throws -> Void
    ) async throws {
        do {
            try await run()
        } catch let error as PostgresError {
            throw error.inStep(step)
        }
    }

    /// A level ends all levels inside it.
    private func leave(_ level: Int) { transactionDepth.withLock { $0 = min($0, level - 1) } }

    private func checkInnermost(_ level: Int) throws {
        guard transactionDepth.withLock({ $0 }) == level else {
            throw PostgresError(
                .transactionMisuse,
                "a transaction ended while another task still had one open inside it on the same connection")
        }
    }
}
