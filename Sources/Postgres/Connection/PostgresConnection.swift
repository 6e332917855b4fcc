public import Logging
import Synchronization

/// A connection to a PostgreSQL server.
///
/// Statements of concurrent tasks run one after the other, in the order in which they were asked for. A transaction
/// belongs to the whole connection: let one task at a time use a connection, as a pool does. While a COPY or a row
/// stream is open, every other use throws `PostgresError` with code `.connectionBusy`.
///
/// Cancelling a task cancels its running statement on the server; the call then throws `CancellationError`, and the
/// connection stays usable, or is closed if the server does not end the statement within the configuration's
/// `limits.cancellation`.
public final class PostgresConnection: Sendable {
    let wire: Wire
    /// How many transactions are open inside one another by `withTransaction`.
    let transactionDepth = Mutex(0)
    let tracing: StatementTracing

    /// Where the connection reports what no caller is told.
    public let logger: Logger

    /// Connects, lends the connection to `body`, and closes it whatever happens.
    /// - Throws: what `body` throws, and what ``connect(_:logger:)`` throws.
    @discardableResult
    public nonisolated(nonsending) static func withConnection<R>(
        to configuration: PostgresConfiguration, logger: Logger = Logger(label: "postgres"),
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> R
    ) async throws -> R {
        let connection = try await connect(configuration, logger: logger)
        do {
            let value = try await body(connection)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Connects.
    /// - Throws: `PostgresError` with code `.connectFailed`, `.connectTimeout` or `.systemFailure`; `CancellationError`.
    public static func connect(
        _ configuration: PostgresConfiguration, logger: Logger = Logger(label: "postgres")
    ) async throws -> PostgresConnection {
        let reactor = try Reactor.shared.get()
        let handle = try await Connector.open(configuration, logger: logger)
        let wire = Wire(handle, reactor: reactor, configuration: configuration, logger: logger)
        try await wire.start()
        return PostgresConnection(wire: wire, tracing: StatementTracing(configuration), logger: logger)
    }

    private init(wire: Wire, tracing: StatementTracing, logger: Logger) {
        self.wire = wire
        self.tracing = tracing
        self.logger = logger
    }

    deinit {
        guard wire.status.load(ordering: .acquiring) != .closed else { return }
        let wire = wire
        Task { await wire.shut() }
    }

    /// The server's version as a number: 150018 is 15.18.
    public var serverVersion: Int { wire.serverVersion }

    /// The process that serves this connection, as `pg_backend_pid()` says.
    public var backendProcessID: Int32 { wire.backendProcessID }

    /// Whether the traffic is encrypted.
    public var usesTLS: Bool { wire.usesTLS }

    /// Whether the connection has been closed, by `close()` or because it broke.
    public var isClosed: Bool { wire.status.load(ordering: .acquiring) == .closed }

    /// Ends what a failure has left open. The failure is what the caller hears of.
    nonisolated(nonsending) func endAfterFailure(
        _ what: String, _ end: nonisolated(nonsending) () async throws -> Void
    ) async {
        do {
            try await end()
        } catch {
            logger.warning("\(what) of a PostgreSQL connection could not be ended: \(error)")
        }
    }

    /// Waits for the running operation and closes the connection. Closing twice does no harm.
    public func close() async { await wire.close() }
}
