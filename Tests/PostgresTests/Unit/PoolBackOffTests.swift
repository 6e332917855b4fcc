import Testing

@testable import Postgres

/// What the pool does while the server takes no connections.
@Suite struct PoolBackOffTests {
    @Test func oneAttemptAtATimeAtGrowingIntervals() throws {
        var pool = try PoolModel(random: 1) { $0.acquireTimeout = .seconds(60) }
        for number in 0..<50 { pool.acquire("\(number)") }
        #expect(pool.attempts == 20)
        pool.fail()
        // Twenty that fail together are one failure.
        for interval in [50, 100, 200, 400, 800, 1000, 1000] {
            pool.pass(.milliseconds(interval - 1))
            #expect(pool.openings.isEmpty)
            pool.pass(.milliseconds(1))
            #expect(pool.openings.count == 1)
            pool.fail()
        }
        #expect(pool.attempts == 27)
        #expect(pool.refused.isEmpty)
    }

    @Test func jitterHalvesTheIntervalAtMost() throws {
        var pool = try PoolModel(random: 0)
        pool.acquire("a")
        pool.fail()
        pool.pass(.milliseconds(24))
        #expect(pool.openings.isEmpty)
        pool.pass(.milliseconds(1))
        #expect(pool.openings.count == 1)
    }

    @Test func afterASuccessTheyAreTwiceAsManyEachTime() throws {
        var pool = try PoolModel { $0.acquireTimeout = .seconds(60) }
        for number in 0..<50 { pool.acquire("\(number)") }
        pool.fail()
        pool.pass(.seconds(1))
        var rounds: [Int] = []
        while !pool.openings.isEmpty {
            rounds.append(pool.openings.count)
            pool.open()
        }
        #expect(rounds == [1, 2, 8, 9])
        #expect(pool.state.statistics.connections == 20)
        #expect(pool.served.map(\.name) == (0..<20).map(String.init))
    }

    @Test func waitersAreServedByConnectionsThatCameBack() throws {
        var pool = try PoolModel { $0.maximumConnections = 5 }
        pool.acquire("a")
        pool.open()
        // The server has no room for more.
        pool.acquire("b")
        pool.fail()
        pool.release(pool.served[0].lease)
        #expect(pool.served.map(\.name) == ["a", "b"])
        // Nobody waits any more: nothing is attempted.
        pool.pass(.seconds(60))
        #expect(pool.attempts == 2)
    }

    @Test func whatTimeDoesNotHealIsToldAtOnce() throws {
        var pool = try PoolModel()
        pool.acquire("a")
        pool.acquire("b")
        pool.fail(PostgresError(.connectFailed, "no such database"), isPermanent: true)
        #expect(pool.refused.map(\.name) == ["a", "b"])
        // But not to those whom other connections serve.
        var other = try PoolModel { $0.maximumConnections = 2 }
        other.acquire("a")
        other.open()
        other.acquire("b")
        other.fail(PostgresError(.connectFailed, "password"), isPermanent: true)
        #expect(other.refused.isEmpty)
        other.release(other.served[0].lease)
        #expect(other.served.map(\.name) == ["a", "b"])
    }

    @Test(arguments: [
        ("28P01", true), ("28000", true), ("3D000", true), ("42501", true), ("53300", false), ("57P03", false),
        ("08006", false),
    ])
    func whichFailuresArePermanent(sqlState: String, isPermanent: Bool) {
        let fields = PostgresError.ServerFields(severity: "FATAL", sqlState: sqlState, message: "m")
        #expect(PostgresError(.connectFailed, "m", server: fields).isPermanent == isPermanent)
        #expect(!PostgresError(.connectTimeout, "m").isPermanent)
    }
}
