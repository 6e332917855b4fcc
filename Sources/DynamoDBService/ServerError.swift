internal import Glibc
internal import NIOCore

/// Why the server cannot listen.
public struct ServerError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: Sendable, Hashable {
        /// Another program listens on the port.
        case addressInUse
        /// The address is not one of this machine, may not be used, or does not exist.
        case addressUnusable
        /// The address is reachable from other machines, and there are no access keys.
        case unauthenticated
    }

    /// What went wrong.
    public let code: Code
    /// The host that was to be listened on.
    public let host: String
    /// The port that was to be listened on.
    public let port: Int
    private let detail: String

    /// A sentence for the operator, with what to do.
    public var description: String {
        switch code {
        case .addressInUse:
            "Port \(port) on \(host) is in use by another program; stop that one or choose another port"
        case .unauthenticated:
            "Anybody who reaches \(host) could read and change everything: add an access key first, listen on 127.0.0.1, "
                + "or allow it explicitly"
        case .addressUnusable: "Cannot listen on \(host) port \(port): \(detail)"
        }
    }

    init(_ error: any Error, host: String, port: Int) {
        self.host = host
        self.port = port
        detail = "\(error)"
        switch error {
        case is UnauthenticatedAddress: code = .unauthenticated
        case let error as IOError where error.errnoCode == EADDRINUSE: code = .addressInUse
        default: code = .addressUnusable
        }
    }
}
