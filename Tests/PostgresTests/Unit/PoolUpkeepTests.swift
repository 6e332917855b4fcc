import Testing

@testable import Postgres

/// What the pool does as time passes.
@Suite struct PoolUpkeepTests {
    private func idlePool(
        _ count: Int, random: Double = 0, _ change: (inout PostgresPoolConfiguration) -> Void = { _ in }
    ) throws -> PoolModel {
        var pool = try PoolModel(random: random, change)
        for number in 0..<count { pool.acquire("\(number)") }
        pool.open()
        for (_, lease) in pool.served { pool.release(lease) }
        return pool
    }

    @Test func theMinimumIsOpenedWithTheFirstUseAndKept() throws {
        var pool = try PoolModel { $0.minimumConnections = 3 }
        pool.pass(.seconds(10))
        #expect(pool.attempts == 0)
        pool.acquire("a")
        #expect(pool.attempts == 3)
        pool.open()
        pool.release(pool.served[0].lease)
        #expect(pool.state.statistics.idle == 3)

        // Two break unseen: within a second they are replaced, without anybody asking.
        let lease = try pool.borrow("b")
        lease.connection.isClosed = true
        pool.release(lease)
        pool.open()
        #expect(pool.attempts == 4)
        #expect(pool.state.statistics.idle == 3)
    }

    @Test func unusedConnectionsBeyondTheMinimumAreClosed() throws {
        var pool = try idlePool(4) { $0.minimumConnections = 1 }
        pool.pass(.seconds(599))
        #expect(pool.closed.isEmpty)
        // One is used now and then.
        pool.release(try pool.borrow("busy"))
        pool.pass(.seconds(2))
        #expect(pool.closed == [1, 2, 3])
        pool.pass(.seconds(1000))
        #expect(pool.closed == [1, 2, 3])
        #expect(pool.state.statistics.idle == 1)
    }

    @Test func withoutALimitIdleConnectionsStay() throws {
        var pool = try idlePool(2) {
            $0.idleTimeout = nil
            $0.maximumLifetime = nil
        }
        pool.pass(.seconds(100_000))
        #expect(pool.state.statistics.idle == 2)
    }

    @Test func oldConnectionsAreReplacedIdleOrOnReturn() throws {
        var pool = try idlePool(2) {
            $0.minimumConnections = 2
            $0.idleTimeout = nil
        }
        let used = try pool.borrow("long")
        pool.pass(.seconds(1801))
        #expect(pool.closed == [1])
        #expect(pool.openings.count == 1)
        pool.open()
        pool.release(used)
        #expect(pool.closed == [1, 2])
        pool.open()
        #expect(pool.state.statistics.idle == 2)
    }

    @Test func lifetimesAreSpreadOverATenth() throws {
        var pool = try idlePool(1, random: 1) { $0.idleTimeout = nil }
        pool.pass(.seconds(1619))
        #expect(pool.closed.isEmpty)
        pool.pass(.seconds(2))
        #expect(pool.closed == [1])
    }

    @Test func aLeakIsReportedOnceWithItsPlace() throws {
        var pool = try PoolModel { $0.leakThreshold = .seconds(30) }
        pool.acquire("Forgetful.swift")
        pool.open()
        pool.pass(.seconds(29))
        #expect(pool.overdue.isEmpty)
        pool.pass(.seconds(60))
        #expect(pool.overdue.map { "\($0.place)" } == ["Forgetful.swift:1"])
    }

    /// An empty pool costs nothing; one with connections wakes once a second.
    @Test func timersAreFew() throws {
        var pool = try idlePool(20)
        for _ in 0..<100 { pool.release(try pool.borrow("x")) }
        #expect(pool.pendingTimers == [.seconds(1)])
        pool.pass(.seconds(602))
        #expect(pool.state.statistics.connections == 0)
        #expect(pool.pendingTimers.isEmpty)
    }
}
