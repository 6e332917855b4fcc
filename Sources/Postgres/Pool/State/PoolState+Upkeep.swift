import DequeModule

extension PoolState {
    /// Does what is due.
    mutating func tick(now: Instant) -> Actions {
        var actions = Actions()
        if let timerAt, timerAt <= now { self.timerAt = nil }
        guard !isClosed else { return actions }
        let (statistics, lastFailure) = (statistics, backOff.lastFailure)
        while let first = waiting.first, first.request.deadline <= now {
            waiting.removeFirst()
            actions.refuse.append((first.waiter, .timedOut(statistics, lastFailure: lastFailure)))
        }
        if sweptAt.map({ now - $0 >= Self.sweepInterval }) ?? true {
            sweptAt = now
            sweepIdle(&actions, now: now)
            sweepLent(&actions, now: now)
        }
        return settle(actions, now: now)
    }

    /// From the one unused longest to the one used last.
    private mutating func sweepIdle(_ actions: inout Actions, now: Instant) {
        var kept: [Int] = []
        for slot in idle {
            guard let connection = slots[slot].connection, !connection.isClosed else {
                vacate(slot)
                continue
            }
            let isOld = slots[slot].retiresAt.map { $0 <= now } ?? false
            if isOld || occupied > configuration.minimumConnections && isUnusedForTooLong(slot, now: now) {
                vacate(slot)
                actions.close.append(connection)
            } else {
                kept.append(slot)
            }
        }
        idle = kept
    }

    private func isUnusedForTooLong(_ slot: Int, now: Instant) -> Bool {
        guard let limit = configuration.idleTimeout, let usedAt = slots[slot].usedAt else { return false }
        return now - usedAt >= limit
    }

    private mutating func sweepLent(_ actions: inout Actions, now: Instant) {
        guard let threshold = configuration.leakThreshold else { return }
        for slot in slots.indices {
            guard case .lent(var loan) = slots[slot].phase, !loan.isReported, now - loan.since >= threshold else {
                continue
            }
            loan.isReported = true
            slots[slot].phase = .lent(loan)
            actions.overdue.append(loan)
        }
    }
}

/// How the pool behaves while the server takes no connections: one attempt at a time, at growing intervals with jitter,
/// and when it takes them again, twice as many at a time after each success. So neither one pool's tasks nor many
/// pools together overrun a server that has just come back.
struct PoolBackOff {
    static let shortest = Duration.milliseconds(50)
    /// Short against the time that callers wait, so that none of them outwaits the server's return in vain.
    static let longest = Duration.seconds(1)

    /// How many connections may be opened at the same time.
    var parallel = 1
    /// Until when no attempt is made.
    private(set) var retryAt: ContinuousClock.Instant?
    /// Why the last attempt failed, as long as none has succeeded since.
    private(set) var lastFailure: (any Error)?
    private var failures = 0

    func allowsAttempt(at now: ContinuousClock.Instant) -> Bool { retryAt.map { $0 <= now } ?? true }

    mutating func succeeded(maximum: Int) {
        parallel = min(maximum, parallel * 2)
        retryAt = nil
        lastFailure = nil
        failures = 0
    }

    /// - Parameter random: from 0 to 1.
    mutating func failed(_ error: any Error, random: Double, now: ContinuousClock.Instant) {
        parallel = 1
        lastFailure = error
        // Attempts that were made together fail together; they count as one.
        guard allowsAttempt(at: now) else { return }
        let interval = min(Self.longest, Self.shortest * (1 << min(failures, 10)))
        failures += 1
        retryAt = now + interval * (0.5 + random / 2)
    }
}
