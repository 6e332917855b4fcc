/// A place for one connection.
struct PoolSlot<Connection> {
    enum Phase {
        case vacant
        case opening
        case idle
        case lent(PoolLoan)
    }

    var phase = Phase.vacant
    var connection: Connection?
    /// When the connection is too old.
    var retiresAt: ContinuousClock.Instant?
    /// When the server last answered on it.
    var usedAt: ContinuousClock.Instant?
}

/// Who has a connection, and since when.
struct PoolLoan: Sendable {
    let place: CallSite
    let since: ContinuousClock.Instant
    var isReported = false
}

/// Somebody's wish for a connection.
struct PoolRequest: Sendable {
    /// Its place in the line.
    let ticket: UInt64
    let place: CallSite
    let since: ContinuousClock.Instant
    let deadline: ContinuousClock.Instant
}

/// A connection that is lent; give it back by its slot.
struct PoolLease<Connection> {
    let slot: Int
    let connection: Connection
    let since: ContinuousClock.Instant
    /// Ask the server first whether the connection is alive.
    let mustTest: Bool
}

extension PoolLease: Sendable where Connection: Sendable {}
