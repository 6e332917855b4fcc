extension PostgresPool {
    /// Runs `body` in a transaction on a connection of the pool: see `PostgresConnection.withTransaction`.
    ///
    /// - Parameters:
    ///   - isolation: the isolation level; `nil` is the session's default.
    ///   - attempts: how often the transaction may run at the most. One that the server ends because of others, by a
    ///     serialization failure or a deadlock, or because a prepared statement is out of date, is run again after a short wait that grows and is never the same for two.
    ///     `body` must then have no effect outside of the transaction that it cannot have twice.
    @discardableResult
    public nonisolated(nonsending) func withTransaction<R>(
        isolation: IsolationLevel? = nil, attempts: Int = 1, fileID: String = #fileID, line: Int = #line,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> R
    ) async throws -> R {
        var attempt = 1
        while true {
            do {
                return try await withConnection(fileID: fileID, line: line) { connection in
                    try await connection.withTransaction(isolation: isolation, fileID: fileID, line: line, body)
                }
            } catch let error as PostgresError where error.isWorthAnotherTransaction && attempt < attempts {
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...(5 << min(attempt, 7)))))
                attempt += 1
            }
        }
    }
}

extension PostgresError {
    /// Nothing is wrong with the transaction but that others ran beside it, or that one of its statements had been prepared
    /// for what is no longer there, which is forgotten now.
    fileprivate var isWorthAnotherTransaction: Bool {
        sqlState == PostgresSQLState.serializationFailure || sqlState == PostgresSQLState.deadlockDetected
            || isLostStatement || isOfAStalePlan
    }
}
