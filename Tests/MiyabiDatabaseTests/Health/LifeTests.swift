import DynamoDB
import MiyabiTestSupport
import Postgres
import ServiceLifecycle
import ServiceLifecycleTestKit
import Testing

@testable import MiyabiDatabase

@Suite(.timeLimit(.minutes(5)))
struct LifeTests {
    @Test func aShutdownLetsWorkEndAndClosesWhatTheDatabaseOpened() async throws {
        try await withPlatform { platform in
            let database = try Database(
                DatabaseConfiguration(
                    postgres: platform.database.postgres.configuration, dynamoDB: .shared(platform.engine)),
                logger: TestPlatform.logger)
            try await testGracefulShutdown { shutdown in
                try await withThrowingTaskGroup { group in
                    let (lent, isLent) = AsyncStream.makeStream(of: Void.self)
                    let (goOn, mayGoOn) = AsyncStream.makeStream(of: Void.self)
                    group.addTask { try await database.run() }
                    group.addTask {
                        let answer = try await database.withSession(as: .service) { relations in
                            isLent.yield()
                            for await _ in goOn { break }
                            return try await relations.connection.query("SELECT 42").decode(Int.self)
                        }
                        #expect(answer == [42])
                    }
                    for await _ in lent { break }
                    shutdown.triggerGracefulShutdown()
                    mayGoOn.yield()
                    try await group.waitForAll()
                }
            }
            let error = try await #require(throws: PostgresError.self) {
                try await database.withSession(as: .service) { _ in }
            }
            #expect(error.code == .poolClosed)
            // The engine was handed in, and stays open.
            _ = try await platform.database.dynamoDB.listTables(ListTablesInput())
        }
    }
}
