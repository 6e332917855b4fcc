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

extension PoolState {
    /// How many connections more there should be: one for each who waits, and the minimum.
    var missingConnections: Int {
        let minimum = isUsed ? configuration.minimumConnections : 0
        let wanted = max(waiting.count - opening, minimum - occupied)
        return max(0, min(wanted, configuration.maximumConnections - occupied))
    }

    mutating func beginOpening() -> Int {
        opening += 1
        let slot = vacant.popLast() ?? slots.count
        if slot == slots.count { slots.append(PoolSlot()) }
        slots[slot].phase = .opening
        return slot
    }

    /// A connection was opened.
    mutating func opened(_ slot: Int, _ connection: Connection, now: Instant) -> Actions {
        var actions = Actions()
        opening -= 1
        backOff.succeeded(maximum: configuration.maximumConnections)
        guard !isClosed else {
            vacate(slot)
            actions.close.append(connection)
            return settle(actions, now: now)
        }
        slots[slot].connection = connection
        slots[slot].usedAt = now
        slots[slot].retiresAt = configuration.maximumLifetime.map { now + $0 * (1 - random() / 10) }
        offer(connection, in: slot, &actions, now: now)
        return settle(actions, now: now)
    }

    /// A connection could not be opened.
    /// - Parameter isPermanent: trying again does not help, as with a wrong password. Then those who wait are told at
    ///   once, unless other connections serve them.
    mutating func failed(_ slot: Int, _ error: any Error, isPermanent: Bool, now: Instant) -> Actions {
        var actions = Actions()
        opening -= 1
        vacate(slot)
        backOff.failed(error, random: random(), now: now)
        if isPermanent, occupied == opening {
            actions.refuse = waiting.map { ($0.waiter, .cannotConnect(error)) }
            waiting.removeAll()
        }
        return settle(actions, now: now)
    }
}

extension PoolState {
    /// What became of a request.
    enum Acquisition {
        case lent(Lease)
        case waiting
        case closed
    }

    /// Puts a wish in its place behind all earlier ones.
    mutating func request(from place: CallSite, now: Instant) -> PoolRequest {
        isUsed = true
        lastTicket += 1
        return PoolRequest(
            ticket: lastTicket, place: place, since: now, deadline: now + configuration.acquireTimeout.bounded)
    }

    /// Lends an idle connection, if there is one and nobody has asked earlier.
    mutating func acquire(_ request: PoolRequest, now: Instant) -> Acquisition {
        guard !isClosed else { return .closed }
        if let first = waiting.first, first.request.ticket < request.ticket { return .waiting }
        // The connection used last is the likeliest to be alive and warm.
        while let slot = idle.popLast() {
            guard let connection = slots[slot].connection, !connection.isClosed else {
                vacate(slot)
                continue
            }
            return .lent(lend(connection, in: slot, to: request, now: now))
        }
        return .waiting
    }

    /// Lines up `waiter`, unless something has become free meanwhile.
    mutating func acquire(_ request: PoolRequest, orWait waiter: Waiter, now: Instant) -> (Acquisition, Actions) {
        let acquisition = acquire(request, now: now)
        guard case .waiting = acquisition else { return (acquisition, settle(Actions(), now: now)) }
        // Whoever comes again, because the connection turned out to be dead, comes in at the old place.
        let index = waiting.lastIndex { $0.request.ticket < request.ticket }.map { $0 + 1 } ?? 0
        waiting.insert((request, waiter), at: index)
        return (.waiting, settle(Actions(), now: now))
    }

    /// Takes somebody out of the line; `nil` when they have been served already.
    mutating func giveUp(_ ticket: UInt64) -> Waiter? {
        guard let index = waiting.firstIndex(where: { $0.request.ticket == ticket }) else { return nil }
        return waiting.remove(at: index).waiter
    }

    /// A connection came back, in order or broken.
    mutating func release(_ slot: Int, now: Instant) -> Actions {
        var actions = Actions()
        guard let connection = slots[slot].connection else { return actions }
        slots[slot].usedAt = now
        if connection.isClosed {
            vacate(slot)
        } else if isClosed || slots[slot].retiresAt.map({ $0 <= now }) ?? false {
            vacate(slot)
            actions.close.append(connection)
        } else {
            offer(connection, in: slot, &actions, now: now)
        }
        return settle(actions, now: now)
    }

    /// Gives a connection in order to whoever waits longest.
    mutating func offer(_ connection: Connection, in slot: Int, _ actions: inout Actions, now: Instant) {
        if let next = waiting.popFirst() {
            actions.lend.append((next.waiter, lend(connection, in: slot, to: next.request, now: now)))
        } else {
            slots[slot].phase = .idle
            idle.append(slot)
        }
    }

    private mutating func lend(
        _ connection: Connection, in slot: Int, to request: PoolRequest, now: Instant
    ) -> Lease {
        slots[slot].phase = .lent(PoolLoan(place: request.place, since: now))
        let isFresh = slots[slot].usedAt.map { now - $0 < Self.freshness } ?? false
        return Lease(
            slot: slot, connection: connection, since: now,
            mustTest: configuration.testsBeforeAcquire && !isFresh)
    }
}

extension PoolState {
    /// Refuses everything from now on; what is lent may still come back.
    mutating func close(now: Instant) -> Actions {
        var actions = Actions()
        isClosed = true
        actions.refuse = waiting.map { ($0.waiter, .closed) }
        waiting.removeAll()
        for slot in idle {
            if let connection = slots[slot].connection { actions.close.append(connection) }
            vacate(slot)
        }
        idle.removeAll()
        return settle(actions, now: now)
    }

    /// Nobody opens connections any more: those that were to be opened never will be.
    mutating func abandonOpenings(now: Instant) -> Actions {
        for slot in slots.indices {
            guard case .opening = slots[slot].phase else { continue }
            opening -= 1
            vacate(slot)
        }
        return settle(Actions(), now: now)
    }

    /// The connections that are in use.
    var lent: [Connection] {
        slots.compactMap { slot in
            guard case .lent = slot.phase else { return nil }
            return slot.connection
        }
    }
}
