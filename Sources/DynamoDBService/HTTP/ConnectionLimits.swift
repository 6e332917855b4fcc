internal import NIOCore

/// How long a connection may take for what.
struct ConnectionLimits: Sendable {
    /// From the first byte of a request, or the connection's beginning, to the request's end; and for the client to take
    /// a response.
    var transfer = TimeAmount.seconds(60)
    /// Between a response and the next request.
    var idle = TimeAmount.minutes(5)
    /// For the client to close the connection, after the last response.
    var linger = TimeAmount.seconds(1)
    /// Connections at once. More are closed at once.
    var connections = 1024
}
