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
