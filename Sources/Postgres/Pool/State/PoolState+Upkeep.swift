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
