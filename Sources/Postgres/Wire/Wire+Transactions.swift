import Logging

extension Wire {
    func begin(_ frame: TransactionFrame) async throws {
        try await inTurn {
            let status = try ready().transactionStatus
            guard frame.isOutermost == (status == .idle) else {
                throw PostgresError(
                    .transactionMisuse,
                    frame.isOutermost
                        ? "a transaction is open already that withTransaction did not begin"
                        : "the transaction around this one has been ended by hand")
            }
            _ = try await script(frame.begin)
        }
    }

    /// Runs to its end even in a cancelled task, so that the outcome is known.
    func commit(_ frame: TransactionFrame) async throws {
        do {
            try await inTurn(shielded: true) {
                guard try ready().transactionStatus != .idle else {
                    throw PostgresError(.transactionMisuse, "the transaction has been ended by hand")
                }
                let result = try await script(frame.commit)
                guard !frame.isOutermost || result.commandTag == "COMMIT" else {
                    throw PostgresError(
                        .commitRolledBack,
                        "the server rolled the transaction back, because one of its statements had failed")
                }
            }
        } catch let error as PostgresError where frame.isOutermost && error.code == .connectionLost {
            throw PostgresError(
                .commitOutcomeUnknown, "the connection broke during COMMIT: \(error.message)", server: error.server)
        }
    }

    /// Undoes what the frame did, also in a cancelled task. A connection on which that fails is closed, since nothing
    /// may ever run on it again in that transaction.
    func rollBack(_ frame: TransactionFrame) async { await rollBack(with: frame.rollBack) }

    /// Ends whatever transaction is open.
    func rollBackEverything() async { await rollBack(with: "ROLLBACK") }

    private func rollBack(with sql: String) async {
        guard handle != nil else { return }
        do {
            try await inTurn(shielded: true) {
                // A failed or misused COMMIT may have ended the transaction already.
                guard try ready().transactionStatus != .idle else { return }
                _ = try await script(sql)
            }
        } catch {
            logger.warning("Closing a PostgreSQL connection that cannot roll back: \(error)")
            shut()
        }
    }

    /// Waits for the running operation and closes the connection.
    func close() async {
        do {
            try await inTurn(shielded: true) { shut() }
        } catch {
            shut()
        }
    }
}
