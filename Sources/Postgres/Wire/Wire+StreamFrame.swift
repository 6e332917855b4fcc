// A row stream or COPY out that its reader leaves early is stopped by a cancel request, which fails the transaction that it is
// in; one that had sent all by then has taken effect. So that both come to the same, it is wrapped in a savepoint or, outside
// of a transaction, in one of its own.
extension Wire {
    /// - Throws: where the statement is not let through.
    func beginFrame(around sql: String, readsRows: Bool = false) async throws {
        let scope = StatementScope(sql)
        try admit(scope)
        let status = try ready().transactionStatus
        // What ends transactions itself cannot be inside another; in a failed one the server refuses everything.
        guard scope == .contained, status != .inFailedTransaction else { return }
        let frame = TransactionFrame(aroundStreamIn: status)
        if readsRows { try await beginAsking(frame) } else { _ = try await script(frame.begin) }
        self.frame = frame
    }

    /// The statement has come to its end, and its reader has seen it.
    func completeFrame() async throws {
        guard let frame else { return }
        self.frame = nil
        do {
            _ = try await script(frame.commit)
        } catch let error as PostgresError where frame.isOutermost && error.code == .connectionLost {
            throw PostgresError(commitLostBy: error)
        }
    }

    /// The statement has failed: so has the transaction around it, but not one that was made for it.
    func failFrame() async {
        guard let frame else { return }
        self.frame = nil
        guard frame.isOutermost, handle != nil else { return }
        await calm()
        do {
            _ = try await script(frame.rollBack)
        } catch {
            shut()  // the failure itself is what is told
        }
    }

    /// Its reader leaves: `stop` makes the server stop and reads what is left.
    func leave(_ stop: Operation<Void>) async throws {
        var failure: (any Error)?
        do {
            try await stop(self)
        } catch is CancellationError {
            // The server confirms that it has stopped.
        } catch let error as PostgresError where error.code == .server {
            // The statement failed by itself meanwhile; nobody wants its data any more.
        } catch {
            failure = error
        }
        if let frame, handle != nil {
            self.frame = nil
            await calm()
            _ = try await script(frame.rollBack)
        }
        if let failure { throw failure }
    }
}
