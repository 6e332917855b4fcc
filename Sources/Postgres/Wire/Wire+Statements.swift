extension Wire {
    /// Runs one statement by the extended protocol.
    nonisolated func run(_ query: PostgresQuery, timeout: Duration? = nil) async throws -> ResultHandle {
        try query.validate()
        do {
            return try await inTurn { wire in
                if let timeout { wire.limit(to: timeout) }
                let result = try await wire.statement(query)
                await wire.meetArrays(in: [result])
                return result
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
        let start = try rewindPoint()
        do {
            guard let name = try await preparedName(of: query, key) else { return try await unprepared(query, key) }
            guard try ready().send(prepared: name, query.bindings) else { throw try sendFailure() }
            return try await completed()
        } catch let error as PostgresError where error.mayComeFromAStalePlan && statements.holds(key) {
            forgetStale(key, error)
            guard try await rewind(to: start) else { throw error }
            return try await unprepared(query, key)
        }
    }

    private func unprepared(_ query: PostgresQuery, _ key: StatementCache.Key) async throws -> ResultHandle {
        try admitUnprepared(key)
        guard try ready().send(query.sql, query.bindings) else { throw try sendFailure() }
        return try await completed()
    }

    private func completed() async throws -> ResultHandle {
        let result = try await allResults()
        noteSideEffects(of: result)
        return result
    }

    /// The name that the statement has on the server, prepared now or earlier; `nil` to run it unprepared.
    private func preparedName(of query: PostgresQuery, _ key: StatementCache.Key) async throws -> String? {
        switch plan(for: query, key) {
        case .once: return nil
        case .run(let name): return name
        case .prepare(let name):
            try await deallocateDropped()
            guard try ready().send(prepare: name, query.sql, types: key.types) else { throw try sendFailure() }
            _ = try await allResults()
            statements.prepared(key, as: name)
            return name
        }
    }

    /// Whether to prepare the statement, and under which name.
    func plan(for query: PostgresQuery, _ key: StatementCache.Key) -> StatementCache.Plan {
        query.isPlannedForItsValues ? .once : statements.plan(for: key)
    }

    /// The open connection, free for a statement.
    func ready() throws -> ConnectionHandle {
        // A request that came between two statements has ended neither.
        if let cause = state.cause { throw cancellationError(cause) }
        switch mode {
        case .statements: return try open()
        case .copyIn, .copyOut: throw PostgresError(.connectionBusy, "a COPY is open on the connection")
        case .listening: throw PostgresError(.connectionBusy, "the connection is listening for notifications")
        case .streaming: throw PostgresError(.connectionBusy, "a row stream is open on the connection")
        }
    }

    /// Only outside of a transaction, which a name that the server does not know would abort.
    func deallocateDropped() async throws {
        guard !statements.dropped.isEmpty, try ready().transactionStatus == .idle else { return }
        while let name = statements.dropped.last {
            guard try ready().send(script: "DEALLOCATE \(name)") else { throw try sendFailure() }
            do {
                _ = try await allResults()
            } catch let error as PostgresError where error.sqlState == PostgresSQLState.invalidSQLStatementName {
                // Somebody else deallocated it.
            }
            statements.removeLastDropped()
        }
    }

    /// Some statements end prepared statements behind the cache's back.
    func noteSideEffects(of result: ResultHandle) {
        guard result.status == .command else { return }
        let tag = result.commandTag
        if tag == "DISCARD ALL" || tag == "DEALLOCATE ALL" { statements.forgetAll() }
    }
}
