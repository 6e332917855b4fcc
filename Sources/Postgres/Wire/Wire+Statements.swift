extension Wire {
    /// Runs one statement by the extended protocol.
    nonisolated func run(_ query: PostgresQuery, timeout: Duration? = nil) async throws -> ResultHandle {
        try query.validate()
        do {
            return try await inTurn { wire in
                if let timeout { wire.limit(to: timeout) }
                return try await wire.statement(query)
            }
        } catch let error as PostgresError {
            throw error.inQuery(query.sql)
        }
    }

    /// Runs a text of any number of statements by the simple protocol.
    nonisolated func run(script sql: String, shielded: Bool = false) async throws -> ResultHandle {
        try PostgresQuery.validate(sql)
        do {
            return try await inTurn(shielded: shielded) { wire in
                // Whatever its first statement may be, others follow.
                try wire.admit(.lasting)
                return try await wire.script(sql)
            }
        } catch let error as PostgresError {
            throw error.inQuery(sql)
        }
    }

    /// Within a turn.
    func script(_ sql: String) async throws -> ResultHandle {
        let handle = try ready()
        guard handle.send(script: sql) else { throw try sendFailure() }
        let result = try await allResults()
        noteSideEffects(of: result)
        return result
    }

    private func statement(_ query: PostgresQuery) async throws -> ResultHandle {
        let key = StatementCache.Key(sql: query.sql, types: query.bindings.types)
        let wasIdle = try ready().transactionStatus == .idle
        do {
            return try await statement(query, key)
        } catch let error as PostgresError where wasIdle && isStale(error) {
            // The table changed or somebody dropped the prepared statement; nothing has run.
            return try await statement(query, key)
        }
    }

    private func statement(_ query: PostgresQuery, _ key: StatementCache.Key) async throws -> ResultHandle {
        let plan = plan(for: query, key)
        let name: String?
        switch plan {
        case .once:
            name = nil
            try admitUnprepared(key)
        case .run(let prepared): name = prepared
        case .prepare(let new):
            try await deallocateDropped()
            guard try ready().send(prepare: new, query.sql, types: key.types) else { throw try sendFailure() }
            _ = try await allResults()
            statements.prepared(key, as: new)
            name = new
        }
        let handle = try ready()
        let sent = name.map { handle.send(prepared: $0, query.bindings) } ?? handle.send(query.sql, query.bindings)
        guard sent else { throw try sendFailure() }
        do {
            let result = try await allResults()
            noteSideEffects(of: result)
            return result
        } catch let error as PostgresError where name != nil && isStale(error) {
            statements.forget(key, isGone: error.sqlState == PostgresSQLState.invalidSQLStatementName)
            throw error
        }
    }

    /// Whether to prepare the statement, and under which name.
    func plan(for query: PostgresQuery, _ key: StatementCache.Key) -> StatementCache.Plan {
        query.isPlannedForItsValues ? .once : statements.plan(for: key)
    }

    /// The open connection, free for a statement.
    func ready() throws -> ConnectionHandle {
        switch mode {
        case .statements: return try open()
        case .copyIn, .copyOut: throw PostgresError(.connectionBusy, "a COPY is open on the connection")
        case .listening: throw PostgresError(.connectionBusy, "the connection listens for notifications")
        case .streaming: throw PostgresError(.connectionBusy, "a row stream is open on the connection")
        }
    }

    func deallocateDropped() async throws {
        // In a failed transaction the server would refuse; a later prepare does it.
        guard !statements.dropped.isEmpty, try ready().transactionStatus != .inFailedTransaction else { return }
        for name in statements.takeDropped() {
            guard try ready().send(script: "DEALLOCATE \(name)") else { throw try sendFailure() }
            do {
                _ = try await allResults()
            } catch let error as PostgresError where error.sqlState == PostgresSQLState.invalidSQLStatementName {
                continue  // somebody else deallocated it
            }
        }
    }

    func isStale(_ error: PostgresError) -> Bool {
        error.sqlState == PostgresSQLState.invalidSQLStatementName
            || error.sqlState == PostgresSQLState.featureNotSupported
                && error.server?.routine == "RevalidateCachedQuery"
    }

    /// Some statements end prepared statements behind the cache's back.
    func noteSideEffects(of result: ResultHandle) {
        guard result.status == .command else { return }
        let tag = result.commandTag
        if tag == "DISCARD ALL" || tag == "DEALLOCATE ALL" { statements.forgetAll() }
    }
}
