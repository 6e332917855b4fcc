extension Wire {
    /// What became of each statement of a pipeline.
    typealias PipelineResults = [Result<ResultHandle, PostgresError>]

    /// Sends all statements before it reads the first answer.
    nonisolated func run(pipeline queries: [PostgresQuery]) async throws -> PipelineResults {
        for query in queries { try query.validate() }
        return try await inTurn { wire in
            let wasIdle = try wire.ready().transactionStatus == .idle
            let results = try await wire.pipeline(queries)
            // As with a single statement: a prepared one was out of date, and nothing has taken effect.
            guard wasIdle, results.contains(where: wire.isStale), !results.contains(where: Self.committed) else {
                return results
            }
            return try await wire.pipeline(queries)
        }
    }

    private enum Step {
        case prepare(StatementCache.Key, name: String)
        case run(StatementCache.Key, name: String?)
    }

    private func pipeline(_ queries: [PostgresQuery]) async throws -> PipelineResults {
        try await deallocateDropped()
        let steps = try planned(queries)
        guard try ready().enterPipelineMode() else { throw try sendFailure() }
        let results: PipelineResults
        do {
            try send(steps, queries)
            try await flush()
            results = try await pipelineResults(steps)
            guard handle?.exitPipelineMode() == true else { throw try sendFailure() }
        } catch {
            shut()  // half of a pipeline cannot be taken back
            throw error
        }
        if cancellation.isRequested, results.contains(where: Self.cancelled) { throw CancellationError() }
        return results
    }

    /// Prepares a statement once that stands several times in the pipeline.
    private func planned(_ queries: [PostgresQuery]) throws -> [Step] {
        var beingPrepared: [StatementCache.Key: String] = [:]
        var steps: [Step] = []
        steps.reserveCapacity(queries.count + 1)
        for query in queries {
            let key = StatementCache.Key(sql: query.sql, types: query.bindings.types)
            if let name = beingPrepared[key] {
                steps.append(.run(key, name: name))
                continue
            }
            switch plan(for: query, key) {
            case .once:
                try admitUnprepared(key)
                steps.append(.run(key, name: nil))
            case .run(let name): steps.append(.run(key, name: name))
            case .prepare(let name):
                beingPrepared[key] = name
                steps += [.prepare(key, name: name), .run(key, name: name)]
            }
        }
        return steps
    }

    private func send(_ steps: [Step], _ queries: [PostgresQuery]) throws {
        let handle = try open()
        var queries = queries[...]
        for step in steps {
            let isSent =
                switch step {
                case .prepare(let key, let name): handle.send(prepare: name, key.sql, types: key.types)
                case .run(let key, nil): handle.send(key.sql, queries.removeFirst().bindings)
                case .run(_, let name?): handle.send(prepared: name, queries.removeFirst().bindings)
                }
            guard isSent else { throw try sendFailure() }
        }
        guard handle.sendPipelineSync() else { throw try sendFailure() }
    }

    private func pipelineResults(_ steps: [Step]) async throws -> PipelineResults {
        var results: PipelineResults = []
        results.reserveCapacity(steps.count)
        /// The server skips what follows a statement that it could not prepare.
        var preparationFailure: PostgresError?
        for step in steps {
            let result = try await stepResult()
            switch (step, result) {
            case (.prepare(let key, let name), .success): statements.prepared(key, as: name)
            case (.prepare(let key, _), .failure(let error)):
                statements.forget(key, isGone: true)
                preparationFailure = error
            case (.run(let key, let name), _):
                if name != nil, isStale(result) { statements.forget(key, isGone: isUnknown(result)) }
                results.append((preparationFailure.map { .failure($0) } ?? result).mapError { $0.inQuery(key.sql) })
                preparationFailure = nil
                if case .success(let rows) = result { noteSideEffects(of: rows) }
            }
        }
        guard try await nextResult()?.status == .pipelineSync else {
            throw PostgresError(.connectionLost, "the server did not end the pipeline")
        }
        return results
    }

    private func stepResult() async throws -> Result<ResultHandle, PostgresError> {
        var result: Result<ResultHandle, PostgresError>?
        while let next = try await nextResult() {
            switch next.status {
            case .rows, .singleRow, .command, .empty: result = .success(next)
            case .failure, .pipelineSync: result = .failure(error(next))
            case .pipelineAborted:
                result = .failure(PostgresError(.pipelineAborted, "an earlier statement of the pipeline failed"))
            case .copyIn, .copyOut, .copyBoth:
                throw PostgresError(.copyMisuse, "COPY cannot be part of a pipeline; the connection is closed")
            }
        }
        guard handle?.isBad == false, let result else {
            if case .failure(let error) = result { throw try outcome(error) }
            throw PostgresError(.connectionLost, "the server returned no result")
        }
        return result
    }

    private func isStale(_ result: PipelineResults.Element) -> Bool {
        if case .failure(let error) = result { isStale(error) } else { false }
    }

    private func isUnknown(_ result: PipelineResults.Element) -> Bool {
        if case .failure(let error) = result {
            error.sqlState == PostgresSQLState.invalidSQLStatementName
        } else {
            false
        }
    }

    private static func cancelled(_ result: PipelineResults.Element) -> Bool {
        if case .failure(let error) = result { error.sqlState == PostgresSQLState.queryCancelled } else { false }
    }

    /// A COMMIT within the pipeline has made what stood before it permanent.
    private static func committed(_ result: PipelineResults.Element) -> Bool {
        if case .success(let rows) = result { rows.commandTag == "COMMIT" } else { false }
    }
}
