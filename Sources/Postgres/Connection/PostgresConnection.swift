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
            logger.warning("\(what) on a PostgreSQL connection could not be ended: \(error)")
        }
    }

    /// Waits for the running operation and closes the connection. Closing twice does no harm.
    public func close() async { await wire.close() }
}

extension PostgresConnection {
    /// Runs `body` in a transaction as another role, with settings for row-level security's policies: commits when
    /// `body` returns, rolls back when it throws or the task is cancelled.
    ///
    /// Role and settings are local to the transaction and are sent in one message with BEGIN, so they end with it however
    /// it ends, and cost no round trip. Inside, only statements are let through that the session survives unchanged:
    /// SET, RESET, COMMIT, ROLLBACK, DO, DDL, scripts, and statements that call `set_config` throw `.sessionMisuse` and are not
    /// sent; nested `withTransaction` works.
    ///
    /// This stops mistakes, and injected statements of that kind. It does not stop SQL that is written to escape, such as
    /// a function of the owner's that changes the role, or `set_config` under a disguise: PostgreSQL lets a session go
    /// back to its login and on to every role that the login is a member of, and lets everybody write the claims. What
    /// must be out of reach of such SQL, must be out of the login's: connect as a login that is a member of `anon` and
    /// `authenticated` only, and the server itself refuses the rest.
    ///
    /// - Throws: what `body` throws; what `withTransaction` throws; `PostgresError` with SQLSTATE 42501 when the login is
    ///   no member of the role.
    @discardableResult
    public nonisolated(nonsending) func withSession<R>(
        as role: PostgresSessionRole, isolation: IsolationLevel? = nil, fileID: String = #fileID, line: Int = #line,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> R
    ) async throws -> R {
        try await withFrame(
            { level in try TransactionFrame(level: level, isolation: isolation, role: role) },
            at: CallSite(fileID: fileID, line: line), body)
    }
}

extension PostgresConnection {
    /// Undoes what the last user left behind, so that the next one finds a connection like a new one. Costs nothing
    /// when that is nothing. A connection that cannot be reset is closed.
    nonisolated(nonsending) func reset() async {
        transactionDepth.withLock { $0 = 0 }
        guard wire.status.load(ordering: .acquiring) != .idle || wire.hasTraces.load(ordering: .relaxed) else { return }
        await wire.reset()
    }
}
