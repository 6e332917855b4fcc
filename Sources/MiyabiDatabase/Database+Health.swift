import DynamoDB
import Postgres

extension Database {
    /// Asks both halves, and the replica, how they are, all at once.
    ///
    /// - Parameter limit: How long a part may take to answer before it counts as down.
    public func health(within limit: Duration = .seconds(3)) async -> DatabaseHealth {
        async let relational = DatabaseHealth.Part(within: limit) { try await self.relationalHealth() }
        async let tables = DatabaseHealth.Part(within: limit) { try await self.tablesHealth() }
        let replica: DatabaseHealth.Part<DatabaseHealth.Replica>? =
            if let replica = reads.replica {
                await DatabaseHealth.Part(within: limit) { try await self.health(of: replica) }
            } else { nil }
        return DatabaseHealth(postgres: await relational, replica: replica, dynamoDB: await tables)
    }

    private func relationalHealth() async throws -> DatabaseHealth.Relational {
        let (latency, version) = try await ping(postgres)
        let schema = try await postgres.withConnection { try await SchemaState(on: $0) }
        return DatabaseHealth.Relational(
            latency: latency, version: "\(version / 10_000).\(version % 10_000)", pool: postgres.statistics,
            schema: schema)
    }

    private func health(of replica: PostgresPool) async throws -> DatabaseHealth.Replica {
        let (latency, _) = try await ping(replica)
        // A read through the router renews what it knows of the lag.
        _ = try await reads.withReadOnlyTransaction { try await $0.execute("SELECT 1") }
        return DatabaseHealth.Replica(latency: latency, lag: reads.replicaLag)
    }

    private func ping(_ pool: PostgresPool) async throws -> (latency: Duration, version: Int) {
        let start = ContinuousClock.now
        let version = try await pool.withConnection { connection in
            _ = try await connection.execute("SELECT 1")
            return connection.serverVersion
        }
        return (.now - start, version)
    }

    private func tablesHealth() async throws -> DatabaseHealth.Tables {
        let start = ContinuousClock.now
        _ = try await dynamoDB.listTables(ListTablesInput(limit: 1))
        let latency = .now - start
        return DatabaseHealth.Tables(latency: latency, states: try await MiyabiTables.states(on: dynamoDB))
    }
}

extension DatabaseHealth.Part {
    /// What `ask` returns, if it does in time. What takes longer is cancelled and ends by itself: nobody waits for that.
    fileprivate init(within limit: Duration, _ ask: @escaping @Sendable () async throws -> State) async {
        let (answers, answer) = AsyncStream.makeStream(of: Self.self)
        let asking = Task {
            do { answer.yield(.up(try await ask())) } catch { answer.yield(.down("\(error)")) }
        }
        let waiting = Task {
            // Thrown when the answer is there.
            try await Task.sleep(for: limit)
            answer.yield(.down("no answer within \(limit)"))
        }
        defer {
            asking.cancel()
            waiting.cancel()
        }
        self = await answers.first { _ in true } ?? .down("the task that asks was cancelled")
    }
}
