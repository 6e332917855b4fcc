import Testing

@testable import Postgres

/// Who gets which connection.
@Suite struct PoolStateTests {
    @Test func opensUpToTheMaximumThenServesInOrder() throws {
        var pool = try PoolModel { $0.maximumConnections = 2 }
        for name in ["a", "b", "c", "d"] { pool.acquire(name) }
        #expect(pool.attempts == 2)
        pool.open()
        #expect(pool.served.map(\.name) == ["a", "b"])
        pool.release(pool.served[1].lease)
        pool.release(pool.served[0].lease)
        #expect(pool.served.map(\.name) == ["a", "b", "c", "d"])
        #expect(pool.served[2].lease.connection === pool.served[1].lease.connection)
        #expect(pool.attempts == 2)
    }

    @Test func whoComesLaterDoesNotOvertake() throws {
        var pool = try PoolModel { $0.maximumConnections = 1 }
        pool.acquire("a")
        pool.open()
        pool.acquire("b")
        pool.release(pool.served[0].lease)
        #expect(pool.acquire("c") == nil)
        #expect(pool.served.map(\.name) == ["a", "b"])
    }

    @Test func reusesTheConnectionUsedLast() throws {
        var pool = try PoolModel { $0.maximumConnections = 2 }
        pool.acquire("a")
        pool.acquire("b")
        pool.open()
        pool.release(pool.served[0].lease)
        pool.release(pool.served[1].lease)
        let numbers = [try pool.borrow("c"), try pool.borrow("d")].map(\.connection.number)
        #expect(numbers == [2, 1])
    }

    @Test func brokenConnectionsAreNeverLent() throws {
        var pool = try PoolModel { $0.maximumConnections = 2 }
        pool.acquire("a")
        pool.acquire("b")
        pool.open()
        // One breaks in use, the other while it is idle.
        pool.served[0].lease.connection.isClosed = true
        pool.release(pool.served[0].lease)
        pool.release(pool.served[1].lease)
        pool.served[1].lease.connection.isClosed = true
        #expect(pool.acquire("c") == nil)
        #expect(pool.state.statistics.connections == 1)
        pool.open()
        #expect(pool.served.last?.lease.connection.number == 3)
        #expect(pool.closed.isEmpty)
    }

    @Test func whoGivesUpIsServedNoMore() throws {
        var pool = try PoolModel { $0.maximumConnections = 1 }
        pool.acquire("a")
        pool.open()
        let impatient = pool.request("impatient")
        pool.acquire("impatient", impatient)
        pool.acquire("patient")
        #expect(pool.giveUp(impatient) == "impatient")
        #expect(pool.giveUp(impatient) == nil)
        pool.release(pool.served[0].lease)
        #expect(pool.served.map(\.name) == ["a", "patient"])
    }

    /// Whoever is lent a dead connection asks again, and has waited longest.
    @Test func whoComesAgainKeepsTheirPlace() throws {
        var pool = try PoolModel { $0.maximumConnections = 1 }
        let early = pool.request("early")
        pool.acquire("late")
        pool.acquire("early", early)
        pool.open()
        #expect(pool.served.map(\.name) == ["early"])
    }

    @Test func waitingEndsAtTheDeadlineWithTheWholeStory() throws {
        var pool = try PoolModel { $0.maximumConnections = 2 }
        pool.acquire("a")
        pool.open()
        pool.acquire("b")
        pool.fail()
        pool.pass(.seconds(4.9))
        #expect(pool.refused.isEmpty)
        pool.pass(.milliseconds(100))
        let refusal = try #require(pool.refused.first)
        #expect(refusal.name == "b")
        let error = PostgresError(refusal.reason, .seconds(5))
        #expect(error.code == .acquireTimeout)
        #expect(
            error.message.hasPrefix(
                "no connection became free within 5.0 seconds: 1 of 2 in use, 1 being opened, 1 waiting"))
        #expect(error.message.contains("the last attempt to connect failed: ModelFailure()"))
    }

    @Test func onlyAConnectionUnusedForASecondIsTested() throws {
        var pool = try PoolModel()
        pool.acquire("a")
        pool.open()
        #expect(!pool.served[0].lease.mustTest)
        pool.release(pool.served[0].lease)
        pool.pass(.milliseconds(999))
        let fresh = try pool.borrow("b")
        #expect(!fresh.mustTest)
        pool.release(fresh)
        pool.pass(.seconds(1))
        let stale = try pool.borrow("c")
        #expect(stale.mustTest)

        var trusting = try PoolModel { $0.testsBeforeAcquire = false }
        trusting.acquire("a")
        trusting.open()
        trusting.release(trusting.served[0].lease)
        trusting.pass(.seconds(10))
        let untested = try trusting.borrow("b")
        #expect(!untested.mustTest)
    }

    @Test func closing() throws {
        var pool = try PoolModel { $0.maximumConnections = 3 }
        for name in ["a", "b"] { pool.acquire(name) }
        pool.open()
        pool.release(pool.served[0].lease)
        pool.acquire("c")
        pool.acquire("d")
        pool.acquire("e")
        pool.close()
        #expect(pool.refused.map(\.name) == ["d", "e"])
        #expect(pool.acquire("f") == nil)
        #expect(!pool.isDrained)
        pool.abandonOpenings()
        for lease in [pool.served[1].lease, pool.served[0].lease] { pool.release(lease) }
        #expect(pool.closed == [2, 1])
        #expect(pool.isDrained)
    }
}
