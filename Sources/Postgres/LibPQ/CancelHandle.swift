import CLibPQ
import Glibc

/// What it takes to ask the server to cancel a connection's running statement; usable from any thread.
///
/// libpq before version 17 sends its cancel request, with the connection's secret key, in clear, even where the connection
/// itself is encrypted. Who reads it on the way can cancel whatever that connection runs from then on. So a server on another
/// host that is talked to by TLS is asked by a second connection of the same kind: `pg_cancel_backend`.
final class CancelHandle: @unchecked Sendable {
    typealias Options = [(keyword: String, value: String)]

    /// How the server is asked.
    enum Way {
        /// By libpq's request. What is encrypted goes to this machine, or nothing is.
        case request
        /// By a statement on another connection.
        case statement

        /// - Parameter address: the server's, as libpq says it; empty for a Unix socket.
        init(usesTLS: Bool, address: String) {
            self = usesTLS && !address.isEmpty && !TransportRule.isThisMachine(address) ? .statement : .request
        }
    }

    private enum Means {
        case request(OpaquePointer)
        case statement(Options, process: Int32)
    }

    private let means: Means
    /// How long a second connection may take.
    private let patience: Duration

    /// - Parameter way: how to ask; nil for what suits the connection.
    init?(_ connection: OpaquePointer, way: Way? = nil, patience: Duration) {
        self.patience = patience
        let address = PQhostaddr(connection).map { String(cString: $0) } ?? ""
        switch way ?? Way(usesTLS: PQsslInUse(connection) != 0, address: address) {
        case .request:
            guard let cancel = PQgetCancel(connection) else { return nil }
            means = .request(cancel)
        case .statement:
            // Any server of the connection's address: it is the one, whatever it has become since.
            let options = ConnectionInfo.options(of: connection).filter { $0.keyword != "target_session_attrs" }
            guard !options.isEmpty else { return nil }
            means = .statement(options, process: PQbackendPID(connection))
        }
    }

    deinit {
        if case .request(let cancel) = means { PQfreeCancel(cancel) }
    }

    /// Asks on a connection of its own and waits until the server has acted on it. Blocks.
    /// - Returns: what went wrong, or `nil`.
    func send() -> String? {
        switch means {
        case .request(let cancel):
            var buffer = [CChar](repeating: 0, count: 256)
            guard PQcancel(cancel, &buffer, Int32(buffer.count)) == 0 else { return nil }
            return buffer.withUnsafeBufferPointer { $0.baseAddress.map(ErrorFields.trimmed) }
        case .statement(let options, let process):
            do {
                let deadline = ContinuousClock.now + patience
                let handle = try ConnectionHandle.open(
                    options, notices: NoticeSink { _ in }, deadline: deadline, isAbandoned: { false })
                defer { handle.finish() }
                return handle.run("SELECT pg_catalog.pg_cancel_backend(\(process))", until: deadline)
            } catch {
                return (error as? PostgresError)?.message ?? "\(error)"
            }
        }
    }
}

extension ConnectionHandle {
    /// - Parameter patience: how long asking may take, where it takes a second connection.
    func makeCancelHandle(patience: Duration) -> CancelHandle? { CancelHandle(connection, patience: patience) }

    /// Runs a statement whose rows do not matter. Blocks.
    /// - Returns: what went wrong, or `nil`.
    fileprivate func run(_ sql: String, until deadline: ContinuousClock.Instant) -> String? {
        guard send(script: sql) else { return errorMessage }
        while true {
            let isSent = flush()
            guard let isSent else { return errorMessage }
            if isSent && !isBusy { break }
            let left = Int64((deadline - .now) / .milliseconds(1))
            guard left > 0 else { return "the server does not answer" }
            var descriptor = pollfd(fd: socket, events: Int16(isSent ? POLLIN : POLLIN | POLLOUT), revents: 0)
            if poll(&descriptor, 1, Int32(clamping: min(left, 1000))) > 0, !consumeInput() { return errorMessage }
        }
        var problem: String?
        while let result = PQgetResult(connection) {
            if PQresultStatus(result) == PGRES_FATAL_ERROR {
                problem = ErrorFields.trimmed(PQresultErrorMessage(result))
            }
            PQclear(result)
            if isBusy { break }
        }
        return problem
    }
}
