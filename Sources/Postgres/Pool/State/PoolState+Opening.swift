import DequeModule

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
