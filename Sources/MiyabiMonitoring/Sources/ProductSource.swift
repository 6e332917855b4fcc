import FoundationEssentials
public import Logging
import MiyabiDatabase
public import MiyabiHome
import MiyabiOperations
import MiyabiSystem
public import Postgres

/// What Miyabi itself has waiting: the outbox and executions, by a connection of its own.
public actor WorkSource: MetricSource {
    /// What it is called.
    public nonisolated let name = "work"
    private let configuration: PostgresConfiguration
    private let logger: Logger
    private var connection: PostgresConnection?

    /// - Parameter configuration: how to connect: as a login that may become `service_role`.
    public init(_ configuration: PostgresConfiguration, logger: Logger) throws {
        self.configuration = try configuration.with("application_name", "miyabi monitor (work)")
        self.logger = logger
    }

    /// Asks as the service.
    public func read() async throws -> [Reading] {
        let connection = try await connected()
        return try await connection.withSession(as: .service) { session in
            let row = try await session.query(
                """
                SELECT count(*)::float8, count(parked_at)::float8,
                  greatest(0, coalesce(
                    extract(epoch FROM clock_timestamp() - min(since) FILTER (WHERE parked_at IS NULL)), 0))::float8
                FROM (
                  SELECT changed_at, parked_at FROM outbox.changes UNION ALL SELECT noted_at, NULL FROM outbox.usage
                ) AS waiting (since, parked_at)
                """, timeout: .seconds(3)
            ).decode((Double, Double, Double).self)[0]
            var readings = [
                Reading(Series("miyabi_outbox_changes"), .gauge(row.0)),
                Reading(Series("miyabi_outbox_parked_changes"), .gauge(row.1)),
                Reading(Series("miyabi_outbox_lag_seconds"), .gauge(row.2)),
            ]
            let states = try await session.query(
                """
                SELECT status, count(*)::float8 FROM agent_executions WHERE status IN ('pending', 'running') GROUP BY status
                """, timeout: .seconds(3)
            ).decode((String, Double).self)
            for status in ["pending", "running"] {
                let count = states.first { $0.0 == status }?.1 ?? 0
                readings.append(Reading(Series("miyabi_executions", ["status": status]), .gauge(count)))
            }
            return readings
        }
    }

    private func connected() async throws -> PostgresConnection {
        if let connection, !connection.isClosed { return connection }
        let new = try await PostgresConnection.connect(configuration, logger: logger)
        if let connection, !connection.isClosed {
            await new.close()
            return connection
        }
        connection = new
        return new
    }

    /// Closes the connection.
    public func close() async { await connection?.close() }
}

/// What of a home can be brought back: its backups and how far point-in-time recovery reaches. Looked up once a minute.
public actor KeepSource: MetricSource {
    /// What it is called.
    public nonisolated let name = "backups"
    private let settings: Settings
    private let logger: Logger
    private var last: (readings: [Reading], at: ContinuousClock.Instant)?

    /// - Parameter settings: whose home and directory of backups are looked at.
    public init(_ settings: Settings, logger: Logger) { (self.settings, self.logger) = (settings, logger) }

    /// Reads the descriptions of all backups.
    public func read() async throws -> [Reading] {
        if let last, ContinuousClock.now - last.at < .seconds(60) { return last.readings }
        var readings: [Reading] = []
        let now = Date()
        func gauge(_ name: String, _ value: Double) { readings.append(Reading(Series(name), .gauge(value))) }
        let backups = try settings.backups.all().filter { $0.isOf(settings.home) }
        gauge("miyabi_backups", Double(backups.count))
        let made = Double(Files.modified(settings.home.marker))
        let saved = backups.last?.createdAt.timeIntervalSince1970 ?? made
        gauge("miyabi_since_backup_seconds", max(0, now.timeIntervalSince1970 - saved))
        let drilled = max(made, Double(Files.modified(settings.home.lastDrill)))
        gauge("miyabi_since_drill_seconds", max(0, now.timeIntervalSince1970 - drilled))
        if settings.postgres.url == nil, settings.dynamoDB.location == .embedded {
            let window = try await RecoveryControl(settings: settings, logger: logger).status().both
            if let window {
                gauge("miyabi_recovery_reach_seconds", max(0, now.timeIntervalSince(window.earliest)))
                gauge("miyabi_recovery_lag_seconds", max(0, now.timeIntervalSince(window.latest)))
            }
        }
        last = (readings, ContinuousClock.now)
        return readings
    }
}
