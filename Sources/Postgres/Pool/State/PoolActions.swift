/// What is to be done after a decision, in any order, outside every lock.
struct PoolActions<Connection, Waiter> {
    var lend: [(waiter: Waiter, lease: PoolLease<Connection>)] = []
    var refuse: [(waiter: Waiter, reason: PoolRefusal)] = []
    /// The slots to open a connection for, each to be reported with `opened` or `failed`.
    var open: [Int] = []
    var close: [Connection] = []
    /// Loans that have lasted suspiciously long.
    var overdue: [PoolLoan] = []
    /// When to call `tick`, besides the times that were asked for before.
    var timer: ContinuousClock.Instant?
    /// The pool is closed and its last connection is gone.
    var isDrained = false
}

/// Why somebody gets no connection.
enum PoolRefusal {
    case timedOut(PoolStatistics, lastFailure: (any Error)?)
    /// Connecting fails in a way that time does not heal.
    case cannotConnect(any Error)
    case closed
}

/// What a pool consists of at a moment.
public struct PoolStatistics: Sendable, Hashable {
    /// Connections that exist or are being opened.
    public var connections: Int
    /// Connections that nobody uses.
    public var idle: Int
    /// Connections that are being opened.
    public var opening: Int
    /// Connections that are lent.
    public var inUse: Int
    /// Tasks that wait for a connection.
    public var waiting: Int
}

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
