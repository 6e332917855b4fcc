import NIOCore
import Synchronization

/// A number of bytes that many share. Who finds too few waits its turn, first come, first served: a large request is not
/// overtaken for ever by small ones.
final class ByteBudget: Sendable {
    /// A place in the queue.
    struct Ticket: Hashable, Sendable {
        fileprivate let number: Int
    }

    private struct Waiter {
        let ticket: Ticket
        let count: Int
        let grant: @Sendable (Ticket) -> Void
    }

    private struct State {
        var used = 0
        var mostUsed = 0
        var waiters = CircularBuffer<Waiter>()
        var lastTicket = 0

        mutating func use(_ count: Int) {
            used += count
            mostUsed = max(mostUsed, used)
        }
    }

    let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// The most bytes that were taken at once.
    var mostUsed: Int { state.withLock { $0.mostUsed } }
    /// The bytes that are taken.
    var used: Int { state.withLock { $0.used } }

    /// Takes bytes at once, if they are there and nobody waits; what is more than there will ever be, when all others
    /// have been given back.
    func take(_ count: Int) -> Bool {
        state.withLock { state in
            guard state.waiters.isEmpty, hasRoom(for: count, state) else { return false }
            state.use(count)
            return true
        }
    }

    /// Takes bytes when it is their turn.
    ///
    /// - Parameter grant: is called, on any thread, when the bytes have been taken; perhaps before this returns.
    func wait(for count: Int, _ grant: @escaping @Sendable (Ticket) -> Void) -> Ticket {
        let (ticket, granted) = state.withLock { state -> (Ticket, [Waiter]) in
            state.lastTicket += 1
            let ticket = Ticket(number: state.lastTicket)
            state.waiters.append(Waiter(ticket: ticket, count: count, grant: grant))
            return (ticket, serve(&state))
        }
        for waiter in granted { waiter.grant(waiter.ticket) }
        return ticket
    }

    /// Gives a place up.
    ///
    /// - Returns: false if the bytes have been taken meanwhile.
    func cancel(_ ticket: Ticket) -> Bool {
        let (isFound, granted) = state.withLock { state -> (Bool, [Waiter]) in
            guard let index = state.waiters.firstIndex(where: { $0.ticket == ticket }) else { return (false, []) }
            state.waiters.remove(at: index)
            // It may have been the first, and too large; the next is perhaps not.
            return (true, serve(&state))
        }
        for waiter in granted { waiter.grant(waiter.ticket) }
        return isFound
    }

    /// Takes bytes that are in use already, even if there are none: who comes next has to wait the longer.
    func takeAnyhow(_ count: Int) {
        state.withLock { $0.use(count) }
    }

    func giveBack(_ count: Int) {
        let granted = state.withLock { state -> [Waiter] in
            state.used -= count
            return serve(&state)
        }
        for waiter in granted { waiter.grant(waiter.ticket) }
    }

    private func hasRoom(for count: Int, _ state: State) -> Bool {
        state.used + count <= capacity || state.used <= 0
    }

    private func serve(_ state: inout State) -> [Waiter] {
        var granted: [Waiter] = []
        while let first = state.waiters.first, hasRoom(for: first.count, state) {
            state.use(first.count)
            granted.append(state.waiters.removeFirst())
        }
        return granted
    }
}

/// The bytes that a server may hold of requests and of responses.
///
/// Each has a half: a request that is whole may wait for its response's bytes, and those are never held by requests that
/// wait. So nobody waits for one who waits for it.
struct ServerMemory: Sendable {
    let requests: ByteBudget
    let responses: ByteBudget

    init(bytes: Int) {
        requests = ByteBudget(capacity: bytes / 2)
        responses = ByteBudget(capacity: bytes / 2)
    }
}

/// How much a server takes on at once, and how long a connection may take for what.
public struct ServerLimits: Sendable {
    /// Connections at once. More wait to be accepted until one closes.
    public var connections = 1024
    /// Bytes of all requests and responses together.
    public var memory = 256 << 20

    /// From the first byte of a request, or the connection's beginning, to the request's end; and for the client to take
    /// a response. It is longer for bodies, as the slowest rate allows, and nothing that the client does moves it.
    var transfer = TimeAmount.seconds(20)
    /// Bytes a second.
    var slowestRate = 512 << 10
    /// For a request to wait for memory.
    var patience = TimeAmount.seconds(5)
    /// Between a response and the next request.
    var idle = TimeAmount.minutes(5)
    /// For the client to close the connection, after the last response.
    var linger = TimeAmount.seconds(1)

    /// The usual limits.
    public init() {}

    /// For bytes to come or go at the slowest rate that is put up with.
    func time(for bytes: Int) -> TimeAmount {
        .nanoseconds(Int64(bytes) * 1_000_000_000 / Int64(slowestRate))
    }
}
