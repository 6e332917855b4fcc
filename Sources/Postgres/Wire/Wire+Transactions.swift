import Logging

extension Wire {
    nonisolated func begin(_ frame: TransactionFrame) async throws {
        try await inTurn(within: limits.control) { wire in
            let status = try wire.ready().transactionStatus
            guard frame.isOutermost == (status == .idle) else {
                throw PostgresError(
                    .transactionMisuse,
                    frame.isOutermost
                        ? "a transaction is open already that withTransaction did not begin"
                        : "the transaction around this one has been ended by hand")
            }
            do {
                if frame.isOutermost { try await wire.deallocateDropped() }
                _ = try await wire.script(frame.begin)
                wire.isConfined = wire.isConfined || frame.isConfined
                wire.freshFrame = frame
            } catch {
                // BEGIN itself may have been run, and what was sent with it refused.
                if frame.isOutermost, wire.handle?.transactionStatus == .inFailedTransaction {
                    await wire.calm()
                    _ = try await wire.script(frame.rollBack)
                }
                throw error
            }
        }
    }

    /// Runs to its end even in a cancelled task, so that the outcome is known.
    nonisolated func commit(_ frame: TransactionFrame) async throws {
        do {
            try await inTurn(shielded: true, within: limits.control) { wire in
                guard try wire.ready().transactionStatus != .idle else {
                    throw PostgresError(.transactionMisuse, "the transaction has been ended by hand")
                }
                if frame.isOutermost { wire.isConfined = false }
                let result = try await wire.script(frame.commit)
                guard !frame.isOutermost || result.commandTag == "COMMIT" else {
                    throw PostgresError(
                        .commitRolledBack,
                        "the server rolled the transaction back, because one of its statements had failed")
                }
            }
        } catch let error as PostgresError where frame.isOutermost && error.code == .connectionLost {
            throw PostgresError(commitLostBy: error)
        }
    }

    /// Undoes what the frame did, also in a cancelled task. A connection on which that fails is closed, since nothing
    /// may ever run on it again in that transaction.
    /// - Returns: why it failed, if it did.
    nonisolated func rollBack(_ frame: TransactionFrame) async -> PostgresError? {
        do {
            try await inTurn(shielded: true, within: limits.control) { wire in
                if frame.isOutermost { wire.isConfined = false }
                // A failed or misused COMMIT may have ended the transaction already.
                guard wire.handle != nil, try wire.ready().transactionStatus != .idle else { return }
                _ = try await wire.script(frame.rollBack)
            }
        } catch {
            logger.warning("Closing a PostgreSQL connection that cannot roll back: \(error)")
            await shut()
            return error as? PostgresError ?? PostgresError(.connectionLost, "\(error)")
        }
        return nil
    }

    /// Waits for the running operation and closes the connection.
    nonisolated func close() async {
        do {
            try await inTurn(shielded: true) { wire in wire.shut() }
        } catch {
            await shut()
        }
    }
}

extension PostgresError {
    /// The connection was lost while a COMMIT was under way.
    init(commitLostBy error: PostgresError) {
        self.init(
            .commitOutcomeUnknown, "the connection broke during COMMIT: \(error.message)", server: error.server)
    }
}
