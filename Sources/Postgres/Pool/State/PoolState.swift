import DequeModule

/// What the pool's decisions need to know of a connection.
protocol PooledConnection: Sendable {
    /// It has been closed or has broken.
    var isClosed: Bool { get }
}

/// The pool's decisions as a pure state machine, without I/O, clocks or locks: every call says what time it is, and
/// returns what is to be done.
///
/// Who asks first is served first. Connections are opened by the pool and not by those who wait, so that one who gives
/// up wastes nothing. They live in numbered slots.
struct PoolState<Connection: PooledConnection, Waiter> {
    typealias Instant = ContinuousClock.Instant
    typealias Lease = PoolLease<Connection>
    typealias Actions = PoolActions<Connection, Waiter>

    /// How often the pool looks after connections that nobody moves: closes those that are too old or unused for too
    /// long, drops broken ones, reports leaks.
    static var sweepInterval: Duration { .seconds(1) }
    /// A connection used within this time is taken to be alive.
    static var freshness: Duration { .seconds(1) }

    let configuration: PostgresPoolConfiguration
    /// A random number from 0 to 1, anew each time.
    let random: @Sendable () -> Double

    var slots: [PoolSlot<Connection>] = []
    var vacant: [Int] = []
    /// The slots of idle connections, the one used last at the end.
    var idle: [Int] = []
    var opening = 0
    var waiting: Deque<(request: PoolRequest, waiter: Waiter)> = []
    var lastTicket: UInt64 = 0
    var backOff = PoolBackOff()
    var sweptAt: Instant?
    /// When the timer that was asked for last will call `tick`.
    var timerAt: Instant?
    /// Somebody has asked for a connection: from now on the minimum is kept.
    var isUsed = false
    var isClosed = false

    init(_ configuration: PostgresPoolConfiguration, random: @escaping @Sendable () -> Double) {
        self.configuration = configuration
        self.random = random
        backOff.parallel = configuration.maximumConnections
    }

    /// Connections that exist or are being opened.
    var occupied: Int { slots.count - vacant.count }

    var statistics: PoolStatistics {
        PoolStatistics(
            connections: occupied, idle: idle.count, opening: opening, inUse: occupied - idle.count - opening,
            waiting: waiting.count)
    }

    /// Frees a slot whose connection is gone.
    mutating func vacate(_ slot: Int) {
        slots[slot] = PoolSlot()
        vacant.append(slot)
    }

    /// What follows from every change: which connections to open, and when to look again.
    mutating func settle(_ actions: Actions, now: Instant) -> Actions {
        var actions = actions
        if isClosed {
            actions.isDrained = occupied == 0
            return actions
        }
        let missing = missingConnections
        if missing > 0, backOff.allowsAttempt(at: now) {
            for _ in 0..<max(0, min(missing, backOff.parallel - opening)) { actions.open.append(beginOpening()) }
        }
        setTimer(&actions, isRetrying: missing > actions.open.count, now: now)
        return actions
    }

    private mutating func setTimer(_ actions: inout Actions, isRetrying: Bool, now: Instant) {
        guard occupied > 0 || !waiting.isEmpty || isRetrying else { return }
        var next = (sweptAt ?? now) + Self.sweepInterval
        if let deadline = waiting.first?.request.deadline { next = min(next, deadline) }
        if isRetrying, let retry = backOff.retryAt, retry > now { next = min(next, retry) }
        if let timerAt, timerAt <= next { return }
        timerAt = next
        actions.timer = next
    }
}
