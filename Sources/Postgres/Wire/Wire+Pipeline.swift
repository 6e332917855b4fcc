extension Wire {
    /// What became of each statement of a pipeline.
    typealias PipelineResults = [Result<ResultHandle, PostgresError>]

    /// Sends all statements before it reads the first answer.
    nonisolated func run(pipeline queries: [PostgresQuery]) async throws -> PipelineResults {
        for query in queries { try query.validate() }
        return try await inTurn { wire in
            let start = try wire.rewindPoint()
            var outcome = try await wire.pipeline(queries)
            // As with a single statement; what follows the first stale one was skipped, and may be stale too.
            for _ in queries where outcome.isStale && !outcome.results.contains(where: Self.committed) {
                guard try await wire.rewind(to: start) else { break }
                outcome = try await wire.pipeline(queries)
            }
            await wire.meetArrays(in: outcome.results.compactMap { try? $0.get() })
            return outcome.results
        }
    }

    private enum Step {
        case prepare(StatementCache.Key, name: String)
        case run(StatementCache.Key, name: String?)
    }

    /// - Returns: what became of each statement, and whether a prepared one failed that may be out of date.
    private func pipeline(_ queries: [PostgresQuery]) async throws -> (results: PipelineResults, isStale: Bool) {
        try await deallocateDropped()
        let steps = try planned(queries)
        guard try ready().enterPipelineMode() else { throw try sendFailure() }
        let results: PipelineResults
        let isStale: Bool
        do {
            try send(steps, queries)
            try await flush()
            (results, isStale) = try await pipelineResults(steps)
            guard handle?.exitPipelineMode() == true else { throw try sendFailure() }
        } catch {
            shut()  // half of a pipeline cannot be taken back
            throw error
        }
        if let cause = state.cause, results.contains(where: Self.cancelled) { throw cancellationError(cause) }
        return (results, isStale)
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

    private func pipelineResults(_ steps: [Step]) async throws -> (PipelineResults, isStale: Bool) {
        var results: PipelineResults = []
        var isStale = false
        results.reserveCapacity(steps.count)
        /// The server skips what follows a statement that it could not prepare.
        var preparationFailure: PostgresError?
        for step in steps {
            let result = try await stepResult()
            switch (step, result) {
            case (.prepare(let key, let name), .success): statements.prepared(key, as: name)
            case (.prepare(let key, _), .failure(let error)):
                if error.isLostStatement {
                    isStale = true
                    forgetStale(key, error)
                } else {
                    statements.forget(key)
                }
                preparationFailure = error
            case (.run(let key, let name), _):
                if name != nil, case .failure(let error) = result, error.mayComeFromAStalePlan {
                    isStale = true
                    forgetStale(key, error)
                }
                results.append((preparationFailure.map { .failure($0) } ?? result).mapError { $0.inQuery(key.sql) })
                preparationFailure = nil
                if case .success(let rows) = result { noteSideEffects(of: rows) }
            }
        }
        guard try await nextResult()?.status == .pipelineSync else {
            throw lost("the server did not end the pipeline")
        }
        return (results, isStale)
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
            throw lost("the server returned no result")
        }
        return result
    }

    private static func cancelled(_ result: PipelineResults.Element) -> Bool {
        if case .failure(let error) = result { error.sqlState == PostgresSQLState.queryCancelled } else { false }
    }

    /// A COMMIT within the pipeline has made what stood before it permanent.
    private static func committed(_ result: PipelineResults.Element) -> Bool {
        if case .success(let rows) = result { rows.commandTag == "COMMIT" } else { false }
    }
}
