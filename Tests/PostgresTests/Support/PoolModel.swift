@testable import Postgres

/// A connection that can break, and nothing else.
final class ModelConnection: PooledConnection, @unchecked Sendable {
    let number: Int
    var isClosed = false
    init(_ number: Int) { self.number = number }
}

/// The pool's state machine with a clock that the test turns. Waiters are names; what became of them is kept.
struct PoolModel {
    typealias State = PoolState<ModelConnection, String>

    private(set) var state: State
    private(set) var now = ContinuousClock.now
    /// Who got which connection while they waited, in the order in which they were served.
    private(set) var served: [(name: String, lease: PoolLease<ModelConnection>)] = []
    private(set) var refused: [(name: String, reason: PoolRefusal)] = []
    private(set) var closed: [Int] = []
    private(set) var overdue: [PoolLoan] = []
    private(set) var isDrained = false
    /// The slots that wait for a connection to be opened.
    private(set) var openings: [Int] = []
    /// How many connections were ever to be opened.
    private(set) var attempts = 0
    private var timers: [ContinuousClock.Instant] = []

    init(random: Double = 0, _ change: (inout PostgresPoolConfiguration) -> Void = { _ in }) throws {
        var configuration = PostgresPoolConfiguration(try PostgresConfiguration("host=model"))
        configuration.minimumConnections = 0
        change(&configuration)
        state = State(configuration) { random }
    }

    private mutating func perform(_ actions: State.Actions) {
        served += actions.lend.map { ($0.waiter, $0.lease) }
        refused += actions.refuse.map { ($0.waiter, $0.reason) }
        closed += actions.close.map(\.number)
        openings += actions.open
        attempts += actions.open.count
        overdue += actions.overdue
        isDrained = isDrained || actions.isDrained
        if let timer = actions.timer { timers.append(timer) }
    }

    /// Asks as the pool does. `nil` when `name` has to wait or is refused.
    @discardableResult
    mutating func acquire(_ name: String) -> PoolLease<ModelConnection>? {
        let request = state.request(from: CallSite(fileID: name, line: 1), now: now)
        return acquire(name, request)
    }

    @discardableResult
    mutating func acquire(_ name: String, _ request: PoolRequest) -> PoolLease<ModelConnection>? {
        switch state.acquire(request, now: now) {
        case .lent(let lease): return lease
        case .closed: return nil
        case .waiting:
            perform(state.acquire(request, orWait: name, now: now).1)
            return nil
        }
    }

    /// A connection that is to be had at once.
    mutating func borrow(_ name: String) throws -> PoolLease<ModelConnection> {
        guard let lease = acquire(name) else { throw ModelFailure() }
        return lease
    }

    mutating func request(_ name: String) -> PoolRequest {
        state.request(from: CallSite(fileID: name, line: 1), now: now)
    }

    mutating func giveUp(_ request: PoolRequest) -> String? { state.giveUp(request.ticket) }
    mutating func release(_ lease: PoolLease<ModelConnection>) { perform(state.release(lease.slot, now: now)) }
    mutating func close() { perform(state.close(now: now)) }
    mutating func abandonOpenings() { perform(state.abandonOpenings(now: now)) }

    /// Answers all attempts to connect that are under way.
    mutating func open() {
        let slots = openings
        openings = []
        for slot in slots {
            numbers += 1
            perform(state.opened(slot, ModelConnection(numbers), now: now))
        }
    }
    private var numbers = 0

    mutating func fail(_ error: any Error = ModelFailure(), isPermanent: Bool = false) {
        let slots = openings
        openings = []
        for slot in slots { perform(state.failed(slot, error, isPermanent: isPermanent, now: now)) }
    }

    /// Lets time pass; timers that were asked for fire at their instants.
    mutating func pass(_ duration: Duration) {
        let end = now + duration
        while let next = timers.min(), next <= end {
            timers.remove(at: timers.firstIndex(of: next) ?? 0)
            now = max(now, next)
            perform(state.tick(now: now))
        }
        now = end
    }

    /// The instants, counted from now, at which timers will fire.
    var pendingTimers: [Duration] { timers.sorted().map { $0 - now } }
}

struct ModelFailure: Error {}
