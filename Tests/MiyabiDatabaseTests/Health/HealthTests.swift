import DynamoDB
import Glibc
import Logging
import MiyabiMigrations
import MiyabiOperations
import MiyabiTestSupport
import Postgres
import TestSupport
import Testing

@testable import MiyabiDatabase

@Suite(.timeLimit(.minutes(5)))
struct HealthTests {
    @Test func theStoresNeedTheNewestMigration() throws {
        #expect(try Migration.embedded.map(\.version).max() == SchemaState.required)
    }

    @Test func aDatabaseInOrderIsHealthy() async throws {
        try await withPlatform { platform in
            try await platform.database.postgres.executeAsOwner("DROP SCHEMA public CASCADE")
            try await platform.database.postgres.executeAsOwner("CREATE SCHEMA public")
            try await platform.database.postgres.executeAsOwner("GRANT USAGE ON SCHEMA public TO PUBLIC")
            #expect(await schema(of: platform.database) == .empty)

            let others = try await platform.database.postgres.queryAsOwner(
                "SELECT nspname::text FROM pg_namespace WHERE nspname !~ '^pg_|^information_schema$|^public$'"
            ).decode(String.self)
            for name in others {
                try await platform.database.postgres.executeAsOwner("DROP SCHEMA \(identifier: name) CASCADE")
            }
            let migrator = Migrator(
                migrations: try Migration.embedded, configuration: platform.configuration, logger: TestPlatform.logger)
            try await migrator.run(targetVersion: 8)
            // Before 25 the login that applications use could not ask.
            #expect(await schema(of: platform.database) == .unreadable)
            try await platform.database.postgres.executeAsOwner("GRANT SELECT ON _sqlx_migrations TO service_role")
            #expect(await schema(of: platform.database) == .outdated(at: 8))
            try await migrator.run()

            let health = await platform.database.health()
            #expect(health.isHealthy)
            guard case .up(let relational) = health.postgres, case .up(let tables) = health.dynamoDB else {
                Issue.record("not up: \(health)")
                return
            }
            #expect(relational.schema == .migrated(through: SchemaState.required))
            #expect(relational.version.hasPrefix("15."))
            #expect(relational.latency > .zero && tables.latency > .zero)
            #expect(relational.pool.connections >= 1 && relational.pool.waiting == 0)
            #expect(tables.states.count == 3)
            #expect(health.replica == nil)

            try await platform.database.postgres.executeAsOwner(
                "UPDATE _sqlx_migrations SET success = false WHERE version = 5")
            #expect(await schema(of: platform.database) == .unfinished(5))
            #expect(await !platform.database.health().isHealthy)
        }
    }

    /// Rows that a newer program or the user wrote neither help the stores nor keep them from working.
    @Test func onlyTheRowsThatTheStoresNeedCount() {
        func state(_ rows: [Int64], unfinished: [Int64] = []) -> SchemaState {
            SchemaState((rows + unfinished).sorted().map { (version: $0, success: !unfinished.contains($0)) })
        }
        let needed = Array(1...SchemaState.required)
        let newest: Int64 = 20_260_101_000_000
        #expect(state([]) == .empty)
        #expect(state([newest]) == .empty)
        #expect(state(needed) == .migrated(through: SchemaState.required))
        #expect(state(needed + [newest]) == .migrated(through: newest))
        #expect(state(needed, unfinished: [newest]) == .migrated(through: SchemaState.required))
        #expect(state(Array(needed.dropLast()) + [newest]) == .outdated(at: SchemaState.required - 1))
    }

    private func schema(of database: Database) async -> SchemaState? {
        guard case .up(let relational) = await database.health(within: .seconds(60)).postgres else { return nil }
        return relational.schema
    }

    @Test func aTableThatIsNotThereOrNotOursIsNamed() async throws {
        try await withPlatform { platform in
            let events = MiyabiTables.events.tableName
            _ = try await platform.database.dynamoDB.deleteTable(DeleteTableInput(tableName: events))
            #expect(try await MiyabiTables.states(on: platform.engine)[events] == .missing)

            let other = CreateTableInput(
                tableName: events,
                attributeDefinitions: [AttributeDefinition(attributeName: "id", attributeType: .string)],
                keySchema: [KeySchemaElement(attributeName: "id", keyType: .hash)], billingMode: .payPerRequest)
            _ = try await platform.database.dynamoDB.createTable(other)
            let state = try await MiyabiTables.states(on: platform.engine)[events]
            #expect(state?.description == "its key is (id S), not (PK S, SK S)")
        }
    }

    @Test func aHalfThatDoesNotAnswerIsDownAndTheOtherIsStillAsked() async throws {
        try await withPlatform { platform in
            let configuration = DatabaseConfiguration(
                postgres: platform.database.postgres.configuration,
                dynamoDB: .client(
                    DynamoDBClientConfiguration(
                        endpoint: "http://127.0.0.1:1",
                        credentials: StaticCredentialsProvider(
                            Credentials(accessKeyID: "AKIA", secretAccessKey: "hunter2")), maximumAttempts: 1)))
            let database = try Database(configuration, logger: TestPlatform.logger)
            let health = await database.health(within: .seconds(60))
            try await database.close()
            #expect(!health.isHealthy)
            guard case .up = health.postgres, case .down(let reason) = health.dynamoDB else {
                Issue.record("not one up and one down: \(health)")
                return
            }
            #expect(!reason.isEmpty && !reason.contains("hunter2"))
        }
    }

    @Test func aHalfThatKeepsEverybodyWaitingIsDown() async throws {
        try await withPlatform { platform in
            let occupied = platform.database.postgres.configuration.maximumConnections
            await withThrowingTaskGroup { group in
                let (lent, isLent) = AsyncStream.makeStream(of: Void.self)
                for _ in 0..<occupied {
                    group.addTask {
                        try await platform.database.postgres.withConnection { _ in
                            isLent.yield()
                            try await Task.sleep(for: .seconds(600))
                        }
                    }
                }
                var waiting = lent.makeAsyncIterator()
                for _ in 0..<occupied { await waiting.next() }
                let health = await platform.database.health(within: .milliseconds(200))
                guard case .down(let reason) = health.postgres else {
                    Issue.record("not down: \(health)")
                    return
                }
                #expect(reason.contains("no answer within"))
                group.cancelAll()
                while let _ = await group.nextResult() {}
            }
        }
    }

    /// The server does not move at all, not even to end the statement: the answer does not wait for that.
    @Test func aFrozenServerIsDownInTime() async throws {
        try await withPlatform { platform in
            var server = platform.configuration
            server.limits.cancellation = .seconds(3600)
            let configuration = DatabaseConfiguration(
                postgres: PostgresPoolConfiguration(server, maximumConnections: 1), dynamoDB: .shared(platform.engine))
            let database = try Database(configuration, logger: TestPlatform.logger)
            let session = try await database.postgres.queryAsOwner("SELECT pg_backend_pid()").decode(Int32.self)[0]
            #expect(kill(session, SIGSTOP) == 0)
            defer { kill(session, SIGCONT) }
            guard case .down(let reason) = await database.health(within: .milliseconds(200)).postgres else {
                Issue.record("a server that does not move is not up")
                return
            }
            #expect(reason.contains("no answer within"))
            kill(session, SIGCONT)
            try await database.close()
        }
    }
}
