import DequeModule

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
