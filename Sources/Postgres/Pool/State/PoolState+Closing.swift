import DequeModule

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
