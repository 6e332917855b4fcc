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
        /// The address is reachable from other machines, and neither this server nor a proxy does TLS.
        case plaintext
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
        case .plaintext:
            "Everybody on the way to \(host) could read and change what is sent: use TLS, listen on 127.0.0.1, or say "
                + "that a proxy in front does TLS"
        case .addressUnusable: "Cannot listen on \(host) port \(port): \(detail)"
        }
    }

    init(_ error: any Error, host: String, port: Int) {
        self.host = host
        self.port = port
        detail = "\(error)"
        switch error {
        case is PlaintextAddress: code = .plaintext
        case is UnauthenticatedAddress: code = .unauthenticated
        case let error as IOError where error.errnoCode == EADDRINUSE: code = .addressInUse
        default: code = .addressUnusable
        }
    }
}
