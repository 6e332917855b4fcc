import Logging

extension Wire {
    /// Where to go back to, to run a statement again that a stale plan has failed.
    enum RewindPoint {
        /// Nothing is open: what failed has had no effect.
        case idle
        /// The transaction or savepoint, in which nothing else has run.
        case start(TransactionFrame)
        /// Nowhere: an earlier statement's effects would be lost.
        case none
    }

    func rewindPoint() throws -> RewindPoint {
        if try ready().transactionStatus == .idle { return .idle }
        return rewindFrame.map(RewindPoint.start) ?? .none
    }

    /// - Returns: whether the connection is as it was before the statement that has failed.
    func rewind(to point: RewindPoint) async throws -> Bool {
        switch point {
        case .none: return false
        case .idle: return true
        case .start(let frame):
            _ = try await script(frame.rollBack)
            _ = try await script(frame.begin)
            return true
        }
    }

    /// The statement is prepared no more.
    func forgetStale(_ key: StatementCache.Key, _ error: PostgresError) {
        guard error.isLostStatement else { return statements.forget(key) }
        statements.lost(key)
        if statements.isGivenUp {
            logger.notice(
                """
                PostgreSQL does not know statements that were prepared on this connection, as behind a pooler in \
                transaction mode: none is prepared on it from now on. Set DB_STATEMENT_CACHE=0 to prepare none at all.
                """)
        }
    }
}

extension PostgresError {
    /// The server does not have the prepared statement, or has another one of its name.
    var isLostStatement: Bool {
        sqlState == PostgresSQLState.invalidSQLStatementName || sqlState == PostgresSQLState.duplicatePreparedStatement
    }

    /// "cached plan must not change result type"
    var isOfAStalePlan: Bool {
        sqlState == PostgresSQLState.featureNotSupported && server?.routine == "RevalidateCachedQuery"
    }

    /// Whether a prepared statement may have failed because of what it was prepared for: a table, type or function that
    /// has changed since, or a server that does not have the statement. The same statement, unprepared, tells.
    var mayComeFromAStalePlan: Bool {
        guard code == .server, let sqlState else { return false }
        switch sqlState {
        case PostgresSQLState.featureNotSupported: return isOfAStalePlan
        // "cache lookup failed for type 16385" and the like.
        case "XX000": return true
        case PostgresSQLState.insufficientPrivilege: return false
        // A parameter is of a type that the column no longer has; the context names the parameter, as "$1".
        case "22P02", "22P03", "22003", "22007", "22008": return server?.context?.contains("$") == true
        default: return isLostStatement || sqlState.hasPrefix("42")
        }
    }
}
