import Logging
import TestSupport
import Testing

@testable import Postgres

@Suite(.timeLimit(.minutes(5))) struct ReplicaTests {
    private static func pool(_ configuration: PostgresConfiguration) -> PostgresPool {
        var configuration = PostgresPoolConfiguration(configuration, maximumConnections: 4)
        configuration.acquireTimeout = .seconds(30)
        return PostgresPool(configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func isOnReplica(_ router: PostgresReadRouter, after position: PostgresLSN? = nil) async throws -> Bool {
        try await router.withReadOnlyTransaction(after: position) { db in
            try await db.query("SELECT pg_is_in_recovery()").decode(Bool.self)[0]
        }
    }

    private func rows(_ router: PostgresReadRouter, after position: PostgresLSN? = nil) async throws -> [Int] {
        try await router.withReadOnlyTransaction(after: position) { db in
            try await db.query("SELECT a FROM t ORDER BY 1").decode(Int.self)
        }
    }

    /// One replica for the whole story, since making one takes seconds.
    @Test func readsGoToTheReplicaWhileItIsFresh() async throws {
        try await TestCluster.with { primary in
            try await primary.withStandby { standby in
                let pools = (
                    primary: Self.pool(try primary.configuration()), replica: Self.pool(try standby.configuration())
                )
                let router = PostgresReadRouter(
                    primary: pools.primary, replica: pools.replica, maximumLag: .seconds(3600))
                try await pools.primary.execute("CREATE TABLE t (a int)")
                let created = try await pools.primary.logPosition()
                while try await !isOnReplica(router, after: created) {}
                #expect(try await isOnReplica(router))
                #expect(try #require(router.replicaLag) < .seconds(3600))

                // The replica stands still: it serves whoever does not mind, and the primary whoever wrote.
                try await pools.replica.execute("SELECT pg_wal_replay_pause()")
                var state = ""
                while state != "paused" {
                    state = try await pools.replica.query("SELECT pg_get_wal_replay_pause_state()::text")
                        .decode(String.self)[0]
                }
                try await pools.primary.execute("INSERT INTO t VALUES (1)")
                let written = try await pools.primary.logPosition()
                #expect(written > created)
                #expect(try await rows(router, after: written) == [1])
                #expect(try await rows(router) == [])
                #expect(try await !isOnReplica(router, after: written))

                // For whom any age is too great it is the primary.
                let impatient = PostgresReadRouter(
                    primary: pools.primary, replica: pools.replica, maximumLag: .nanoseconds(1))
                #expect(try await rows(impatient) == [1])

                // It goes on, and whoever wrote reads there too.
                try await pools.replica.execute("SELECT pg_wal_replay_resume()")
                while try await !isOnReplica(router, after: written) {}
                #expect(try await rows(router, after: written) == [1])

                // As another role, and never a write, on either side.
                let role = PostgresSessionRole("pg_monitor", settings: ["a.b": "c"])
                let user = try await router.withReadOnlyTransaction(as: role) { db in
                    try await db.query("SELECT current_user || current_setting('a.b')").decode(String.self)
                }
                #expect(user == ["pg_monitorc"])
                for router in [router, PostgresReadRouter(primary: pools.primary, replica: nil)] {
                    let error = try await #require(throws: PostgresError.self) {
                        try await router.withReadOnlyTransaction { try await $0.execute("INSERT INTO t VALUES (2)") }
                    }
                    #expect(error.sqlState == "25006")
                }

                // It goes away: reads go on.
                try standby.stop()
                while pools.replica.statistics.idle > 0 { try await Task.sleep(for: .milliseconds(10)) }
                #expect(try await rows(router) == [1])
                #expect(router.replicaLag == nil)
                await pools.replica.close()
                await pools.primary.close()
            }
        }
    }
}
