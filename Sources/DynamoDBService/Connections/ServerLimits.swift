internal import NIOCore

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
