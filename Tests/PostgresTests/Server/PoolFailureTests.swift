import Glibc
import Logging
import MetricsTestKit
import Synchronization
import TestSupport
import Testing

@testable import Postgres

/// The pool against a server that fails.
@Suite(.timeLimit(.minutes(5))) struct PoolFailureTests {
    private static let prefix = "db.client.connection"

    private func pool(
        _ server: PostgresConfiguration, _ metrics: TestMetrics = TestMetrics(),
        _ change: (inout PostgresPoolConfiguration) -> Void = { _ in }
    ) -> PostgresPool {
        var configuration = PostgresPoolConfiguration(server)
        configuration.metrics = metrics
        configuration.acquireTimeout = .seconds(120)
        change(&configuration)
        return PostgresPool(configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// What tasks under load have met.
    private final class Tally: Sendable {
        let successes = Atomic<Int>(0)
        let failures = Mutex<[PostgresError]>([])

        func load(_ pool: PostgresPool) async throws {
            while !Task.isCancelled {
                do {
                    try await pool.execute("SELECT 1")
                    successes.add(1, ordering: .relaxed)
                } catch let error as PostgresError {
                    failures.withLock { $0.append(error) }
                }
            }
        }

        func waitForSuccesses(_ count: Int) async throws {
            let goal = successes.load(ordering: .relaxed) + count
            while successes.load(ordering: .relaxed) < goal { try await Task.sleep(for: .milliseconds(1)) }
        }
    }

    /// Whatever ran when the server went down fails; what begins later waits for its return. While the server is away
    /// one attempt at a time is made, and afterwards no more connections than there may be.
    @Test func aRestartUnderLoad() async throws {
        try await TestCluster.with { cluster in
            let metrics = TestMetrics()
            let pool = pool(try cluster.configuration(), metrics)
            let tally = Tally()
            let load = Task {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<50 { group.addTask { try await tally.load(pool) } }
                    try await group.waitForAll()
                }
            }
            try await tally.waitForSuccesses(1000)

            let start = ContinuousClock.now
            try cluster.stop()
            while metrics.counterTotal(label: "\(Self.prefix).failures") < 8 {
                try await Task.sleep(for: .milliseconds(1))
            }
            try cluster.start()
            try await tally.waitForSuccesses(1)
            let away = ContinuousClock.now - start
            let failures = tally.failures.withLock { $0 }
            try await tally.waitForSuccesses(5000)
            #expect(tally.failures.withLock { $0.count } == failures.count)

            #expect(failures.count <= 20)
            for failure in failures {
                #expect([.connectionLost, .connectionClosed, .server].contains(failure.code), "\(failure)")
            }
            // Those that were made together when the server went, then at least 25, 50, 100 … 500 ms apart.
            let attempts = metrics.counterTotal(label: "\(Self.prefix).failures")
            #expect(attempts <= 20 + 5 + Int64(away / .milliseconds(500)))
            #expect(pool.statistics.connections <= 20)
            load.cancel()
            await #expect(throws: CancellationError.self) { try await load.value }
            await pool.close()
        }
    }

    /// The server has room for three connections; the pool would like twenty, and makes do.
    @Test func aServerWithoutRoomForMore() async throws {
        try await withTestConnection { admin in
            let name = try await admin.query("SELECT current_database()::text").decode(String.self)[0]
            try await admin.executeScript(
                """
                CREATE ROLE "\(name)" LOGIN PASSWORD 'x' CONNECTION LIMIT 3;
                """)
            let login = try await TestCluster.shared.configuration(database: name)
                .with("user", name).with("password", "x")
            let pool = pool(login)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<500 { group.addTask { try await pool.execute("SELECT pg_sleep(0.001)") } }
                try await group.waitForAll()
            }
            #expect((1...3).contains(pool.statistics.connections - pool.statistics.opening))

            // Who gets none in time is told why.
            let small = self.pool(login) { $0.acquireTimeout = .seconds(3) }
            while pool.statistics.idle < 3 {
                try await Task.sleep(for: .milliseconds(10))
            }
            let error = try await #require(throws: PostgresError.self) { try await small.query("SELECT 1") }
            #expect(error.code == .acquireTimeout)
            #expect(error.sqlState == PostgresSQLState.tooManyConnections)
            await small.close()
            await pool.close()
            try await admin.executeScript("DROP ROLE \"\(name)\"")
        }
    }

    @Test func backendsKilledUnderLoad() async throws {
        try await withTestConnection { admin in
            let name = try await admin.query("SELECT current_database()::text").decode(String.self)[0]
            let pool = pool(try await TestCluster.shared.configuration(database: name)) { $0.maximumConnections = 5 }
            let tally = Tally()
            let load = Task {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<20 { group.addTask { try await tally.load(pool) } }
                    try await group.waitForAll()
                }
            }
            for _ in 0..<10 {
                try await tally.waitForSuccesses(100)
                try await admin.execute(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                    """)
            }
            try await tally.waitForSuccesses(100)
            load.cancel()
            await #expect(throws: CancellationError.self) { try await load.value }
            // At most the statements that ran on the five connections each time.
            #expect(tally.failures.withLock { $0.count } <= 50)
            await pool.close()
        }
    }

    @Test func metricsTellWhatHappens() async throws {
        try await withDatabase { configuration in
            let metrics = TestMetrics()
            let pool = pool(configuration, metrics) {
                $0.name = "mine"
                $0.minimumConnections = 0
                $0.maximumConnections = 1
                $0.acquireTimeout = .milliseconds(100)
            }
            let dimensions = [("\(Self.prefix).pool.name", "mine")]
            func timeouts() -> Int64 { metrics.counterTotal(label: "\(Self.prefix).timeouts", dimensions: dimensions) }
            func times(_ name: String) throws -> Int {
                try metrics.expectTimer("\(Self.prefix).\(name)", dimensions).values.count
            }
            // On a busy machine the first connection may take longer than a caller waits.
            while (try? await pool.execute("SELECT 1")) == nil {}
            let before = (timeouts: timeouts(), waits: try times("wait_time"), uses: try times("use_time"))
            try await pool.withConnection { _ in
                await #expect(throws: PostgresError.self) { try await pool.execute("SELECT 1") }
            }
            #expect(timeouts() == before.timeouts + 1)
            #expect(try times("wait_time") == before.waits + 1)
            #expect(try times("use_time") == before.uses + 1)
            #expect(try times("create_time") == 1)
            #expect(try metrics.expectRecorder("\(Self.prefix).max", dimensions).lastValue == 1)
            let used = try metrics.expectRecorder(
                "\(Self.prefix).count", dimensions + [("\(Self.prefix).state", "used")])
            try await pool.withConnection { _ in
                while used.lastValue != 1 { try await Task.sleep(for: .milliseconds(1)) }
            }
            await pool.close()
        }
    }

    /// A pool that is dropped without being closed leaves no task and no connection behind.
    @Test func aForgottenPoolEnds() async throws {
        try await withTestConnection { admin in
            let name = try await admin.query("SELECT current_database()::text").decode(String.self)[0]
            var pool: PostgresPool? = pool(try await TestCluster.shared.configuration(database: name))
            try await pool?.execute("SELECT 1")
            weak let forgotten = pool
            pool = nil
            while forgotten != nil { try await Task.sleep(for: .milliseconds(1)) }
            var count = 1
            while count > 0 {
                count = try await admin.query(
                    """
                    SELECT count(*) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                    """
                ).decode(Int.self)[0]
            }
        }
    }
}
