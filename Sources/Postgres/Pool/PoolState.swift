import DequeModule

/// What a task gets that asked for a connection.
enum PoolGrant<Connection> {
    case connection(Connection)
    /// Open a connection, then `release` it one day, or report with `permitReturned`.
    case permit
}

extension PoolGrant: Sendable where Connection: Sendable {}

/// Which connection goes to whom: the pool's decisions as a pure state machine, without I/O, clocks or locks.
///
/// Who asks first is served first. Connections are opened by the task that needs them: a permit to open one is
/// granted just as a connection is.
struct PoolState<Connection, Waiter> {
    typealias Ticket = UInt64

    typealias Grant = PoolGrant<Connection>

    /// What became of a request.
    enum Acquisition {
        case granted(Grant)
        case waiting
        case closed
    }

    /// Somebody who waited and what they get.
    typealias Award = (waiter: Waiter, grant: Grant)

    let maximum: Int
    private var idle: [Connection] = []
    /// Connections that exist or are being opened.
    private(set) var count = 0
    private var waiting: Deque<(ticket: Ticket, waiter: Waiter)> = []
    private var lastTicket: Ticket = 0
    private(set) var isClosed = false

    init(maximum: Int) { self.maximum = maximum }

    var idleCount: Int { idle.count }
    var waitingCount: Int { waiting.count }
    var inUseCount: Int { count - idle.count }

    mutating func nextTicket() -> Ticket {
        lastTicket += 1
        return lastTicket
    }

    /// Grants what can be granted at once.
    mutating func acquire() -> Acquisition {
        guard !isClosed else { return .closed }
        guard waiting.isEmpty else { return .waiting }
        // The connection used last is the likeliest to be alive and warm.
        if let connection = idle.popLast() { return .granted(.connection(connection)) }
        guard count < maximum else { return .waiting }
        count += 1
        return .granted(.permit)
    }

    /// Lines up `waiter`, unless something has become free meanwhile.
    mutating func acquire(_ ticket: Ticket, orWait waiter: Waiter) -> Acquisition {
        let acquisition = acquire()
        if case .waiting = acquisition { waiting.append((ticket, waiter)) }
        return acquisition
    }

    /// Takes somebody out of the line; `nil` when they have been served already.
    mutating func giveUp(_ ticket: Ticket) -> Waiter? {
        guard let index = waiting.firstIndex(where: { $0.ticket == ticket }) else { return nil }
        return waiting.remove(at: index).waiter
    }

    /// A connection in good order came back.
    /// - Returns: who gets it; `mustClose` when the pool is closed.
    mutating func release(_ connection: Connection) -> (award: Award?, mustClose: Bool) {
        guard !isClosed else {
            count -= 1
            return (nil, true)
        }
        guard let next = waiting.popFirst() else {
            idle.append(connection)
            return (nil, false)
        }
        return ((next.waiter, .connection(connection)), false)
    }

    /// A connection is gone, or could not be opened.
    /// - Returns: who may open one in its stead.
    mutating func permitReturned() -> Award? {
        count -= 1
        guard !isClosed, count < maximum, let next = waiting.popFirst() else { return nil }
        count += 1
        return (next.waiter, .permit)
    }

    /// Refuses everything from now on.
    /// - Returns: the connections to close and those who wait in vain.
    mutating func close() -> (idle: [Connection], waiters: [Waiter]) {
        isClosed = true
        defer {
            count -= idle.count
            idle.removeAll()
            waiting.removeAll()
        }
        return (idle, waiting.map(\.waiter))
    }
}
