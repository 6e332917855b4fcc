import Testing

@testable import Postgres

/// Connections and waiters are plain numbers here.
@Suite struct PoolStateTests {
    typealias State = PoolState<Int, String>

    private func connection(_ acquisition: State.Acquisition) -> Int? {
        guard case .granted(.connection(let connection)) = acquisition else { return nil }
        return connection
    }

    private func isPermit(_ acquisition: State.Acquisition) -> Bool {
        guard case .granted(.permit) = acquisition else { return false }
        return true
    }

    @Test func opensUpToTheMaximumThenServesInOrder() {
        var state = State(maximum: 2)
        #expect(isPermit(state.acquire()))
        #expect(isPermit(state.acquire()))
        for name in ["first", "second"] {
            guard case .waiting = state.acquire(state.nextTicket(), orWait: name) else {
                Issue.record("\(name) should wait")
                return
            }
        }
        let released = state.release(1)
        #expect(released.award?.waiter == "first")
        #expect(!released.mustClose)
        #expect(state.release(2).award?.waiter == "second")
        #expect(state.release(1).award?.waiter == nil)
        #expect(state.idleCount == 1)
        #expect(state.count == 2)
    }

    @Test func reusesTheConnectionUsedLast() {
        var state = State(maximum: 2)
        _ = state.acquire()
        _ = state.acquire()
        _ = state.release(1)
        _ = state.release(2)
        #expect(connection(state.acquire()) == 2)
        #expect(connection(state.acquire()) == 1)
    }

    @Test func aLostConnectionGivesTheNextOneAPermit() {
        var state = State(maximum: 1)
        _ = state.acquire()
        _ = state.acquire(state.nextTicket(), orWait: "next")
        let award = state.permitReturned()
        #expect(award?.waiter == "next")
        guard case .permit? = award?.grant else {
            Issue.record("a permit was expected")
            return
        }
        #expect(state.count == 1)
        #expect(state.permitReturned()?.waiter == nil)
        #expect(state.count == 0)
    }

    @Test func whoGivesUpIsServedNoMore() {
        var state = State(maximum: 1)
        _ = state.acquire()
        let ticket = state.nextTicket()
        _ = state.acquire(ticket, orWait: "impatient")
        _ = state.acquire(state.nextTicket(), orWait: "patient")
        #expect(state.giveUp(ticket) == "impatient")
        #expect(state.giveUp(ticket) == nil)
        #expect(state.release(1).award?.waiter == "patient")
    }

    @Test func closing() {
        var state = State(maximum: 3)
        for _ in 0..<3 { _ = state.acquire() }
        _ = state.release(1)
        _ = state.acquire()
        _ = state.acquire(state.nextTicket(), orWait: "w")
        _ = state.release(2)
        let (idle, waiters) = state.close()
        #expect(idle.isEmpty)
        #expect(waiters.isEmpty)
        guard case .closed = state.acquire() else {
            Issue.record("a closed pool must refuse")
            return
        }
        #expect(state.release(1).mustClose)
        #expect(state.release(2).mustClose)
        #expect(state.permitReturned()?.waiter == nil)
        #expect(state.count == 0)
    }
}
