public import Logging
public import Postgres

/// A PostgreSQL server, by a connection of its own, which is made again when it breaks.
public actor PostgresSource: MetricSource {
    /// What it is called.
    public nonisolated let name = "postgresql"
    private let configuration: PostgresConfiguration
    private let logger: Logger
    private let slowEvery: Duration
    private var connection: PostgresConnection?
    private var statements: [PostgresStatement] = []
    private var slow: (readings: [Reading], at: ContinuousClock.Instant)?

    /// - Parameters:
    ///   - configuration: how to connect.
    ///   - slowEvery: how often sizes are measured.
    public init(_ configuration: PostgresConfiguration, slowEvery: Duration = .seconds(60), logger: Logger) throws {
        var configuration = try configuration.with("application_name", "miyabi monitor")
        configuration.connectTimeout = .seconds(3)
        self.configuration = configuration
        self.slowEvery = slowEvery
        self.logger = logger
    }

    /// Asks for everything. A single statement that fails leaves its own figures out.
    public func read() async throws -> [Reading] {
        let connection = try await connected()
        let begin = ContinuousClock.now
        _ = try await connection.query("SELECT 1", timeout: .seconds(2))
        var readings = [
            Reading(Series("miyabi_postgres_ping_seconds"), .gauge((ContinuousClock.now - begin) / .seconds(1)))
        ]
        for statement in statements where !statement.isSlow { readings += await answer(statement, connection) }
        if slow.map({ ContinuousClock.now - $0.at >= slowEvery }) ?? true {
            var measured: [Reading] = []
            for statement in statements where statement.isSlow { measured += await answer(statement, connection) }
            slow = (measured, ContinuousClock.now)
        }
        if connection.isClosed { throw PostgresSourceError.connectionLost }
        return readings + (slow?.readings ?? [])
    }

    private func answer(_ statement: PostgresStatement, _ connection: PostgresConnection) async -> [Reading] {
        do {
            return try await statement.readings(connection, timeout: .seconds(2))
        } catch {
            logger.debug("a figure of PostgreSQL is unknown: \(error)")
            return []
        }
    }

    private func connected() async throws -> PostgresConnection {
        if let connection, !connection.isClosed { return connection }
        let new = try await PostgresConnection.connect(configuration, logger: logger)
        // Of two that were made at the same time one stays.
        if let connection, !connection.isClosed {
            await new.close()
            return connection
        }
        let schemas = try await new.query(
            """
            SELECT nspname::text FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = extnamespace
            WHERE extname = 'pg_stat_statements'
            """
        ).decode(String.self)
        statements = PostgresStatement.all(version: new.serverVersion) + schemas.flatMap(PostgresStatement.statements)
        slow = nil
        connection = new
        return new
    }

    /// Closes the connection.
    public func close() async { await connection?.close() }
}

enum PostgresSourceError: Error, CustomStringConvertible {
    case connectionLost

    var description: String { "the connection was lost" }
}
