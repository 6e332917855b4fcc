import Synchronization
import TestSupport
import Testing

@testable import Postgres

/// The server is connected, takes what is sent, and never answers: each wait ends by its own limit. A test that fails here
/// waits for ever.
@Suite(.timeLimit(.minutes(3))) struct FrozenServerTests {
    private func connect(
        _ cluster: TestCluster, _ change: (inout PostgresConfiguration) -> Void = { _ in }
    ) async throws -> PostgresConnection {
        var configuration = try cluster.configuration()
        configuration.limits.cancellation = .milliseconds(100)
        change(&configuration)
        return try await PostgresConnection.connect(configuration)
    }

    @Test func aCancelledStatementAndATimeout() async throws {
        try await TestCluster.with { cluster in
            let (first, second) = (try await connect(cluster), try await connect(cluster))
            try await cluster.frozen([first.backendProcessID, second.backendProcessID]) { _ in
                let task = Task { try await first.execute("SELECT 1") }
                while first.wire.status.load(ordering: .relaxed) != .active { await Task.yield() }
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
                let error = await #expect(throws: PostgresError.self) {
                    try await second.execute("SELECT 1", timeout: .milliseconds(50))
                }
                #expect(error?.code == .statementTimeout)
                #expect(first.isClosed && second.isClosed)
            }
        }
    }

    @Test func whatTheClientSendsItself() async throws {
        try await TestCluster.with { cluster in
            for step in ["BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "UNLISTEN"] {
                let db = try await connect(cluster) { $0.limits.control = .milliseconds(200) }
                try await cluster.frozen([]) { server in
                    let error = await #expect(throws: PostgresError.self, "\(step)") {
                        try await stop(at: step, db, server)
                    }
                    let isCommit = step == "COMMIT"
                    #expect(
                        error?.code == (isCommit ? .commitOutcomeUnknown : .connectionLost),
                        "\(step): \(String(describing: error))")
                    #expect(db.isClosed && (error?.rollBackFailure != nil) == (step == "ROLLBACK"))
                }
            }
        }
    }

    /// Neither the body's own error nor the failed ROLLBACK is lost; who was cancelled hears of that.
    @Test func anErrorOfTheBodysOwnAndAFailedRollBack() async throws {
        struct Stop: Error {}
        try await TestCluster.with { cluster in
            let db = try await connect(cluster) { $0.limits.control = .milliseconds(200) }
            try await cluster.frozen([]) { server in
                let line = #line + 2
                do {
                    try await db.withTransaction { db in
                        try server.freeze(db.backendProcessID)
                        throw Stop()
                    }
                    Issue.record("nothing was thrown")
                } catch let error as PostgresTransactionError {
                    #expect(error.body is Stop && error.rollBack.code == .connectionLost)
                    #expect(error.rollBack.line == line && error.description.contains("Stop()"))
                }
                #expect(db.isClosed)
            }
            let other = try await connect(cluster) { $0.limits.control = .milliseconds(200) }
            try await cluster.frozen([]) { server in
                _ = await #expect(throws: CancellationError.self) {
                    try await other.withTransaction { db in
                        try server.freeze(db.backendProcessID)
                        throw CancellationError()
                    }
                }
            }
        }
    }

    /// Has the server stop moving before the step.
    private func stop(at step: String, _ db: PostgresConnection, _ server: FrozenProcesses) async throws {
        func freeze() throws { try server.freeze(db.backendProcessID) }
        switch step {
        case "BEGIN":
            try freeze()
            try await db.withTransaction { _ in }
        case "COMMIT": try await db.withTransaction { _ in try freeze() }
        case "ROLLBACK":
            try await db.withTransaction { _ in
                try freeze()
                throw PostgresError(.connectionLost, "so that it is rolled back")
            }
        case "SAVEPOINT":
            try await db.withTransaction { db in
                try freeze()
                try await db.withTransaction { _ in }
            }
        default:
            try await db.withNotifications(on: "channel") { _ in try freeze() }
        }
    }

    /// COMMIT runs to its end also in a cancelled task, but gets little time for it.
    @Test func aCancelledCommit() async throws {
        try await TestCluster.with { cluster in
            let db = try await connect(cluster)
            let (frozen, tell) = AsyncStream.makeStream(of: Void.self)
            try await cluster.frozen([]) { server in
                let task = Task {
                    try await db.withTransaction { db in
                        try server.freeze(db.backendProcessID)
                        tell.finish()
                    }
                }
                for await _ in frozen {}
                while db.wire.status.load(ordering: .relaxed) != .active { await Task.yield() }
                task.cancel()
                let error = await #expect(throws: PostgresError.self) { try await task.value }
                #expect(error?.code == .commitOutcomeUnknown && error?.transactionStep == .commit)
            }
        }
    }

    /// The pool has a connection and tests it; whoever waits for that gives up at once.
    @Test func aCancelledAcquire() async throws {
        try await TestCluster.with { cluster in
            var configuration = PostgresPoolConfiguration(try cluster.configuration(), maximumConnections: 1)
            configuration.acquireTimeout = .seconds(3600)
            configuration.server.connectTimeout = .seconds(3600)
            let pool = PostgresPool(configuration)
            let session = try await pool.query("SELECT pg_backend_pid()").decode(Int32.self)[0]
            try await Task.sleep(for: .milliseconds(1100))  // it must be tested from now on
            try await cluster.frozen([session]) { _ in
                for delay in [0, 20, 200] {
                    let task = Task { try await pool.query("SELECT 1") }
                    try await Task.sleep(for: .milliseconds(delay))
                    task.cancel()
                    await #expect(throws: CancellationError.self) { try await task.value }
                }
                #expect(pool.statistics.inUse == 0)
                await pool.close()
            }
        }
    }
}
