import Foundation
import Logging
import Postgres
import Synchronization
import TestSupport

@testable import MiyabiMigrations

/// An empty database, and migrators on it.
struct MigratorTestCase: Sendable {
    let configuration: PostgresConfiguration

    /// Runs `body` with a database of its own.
    static func run(
        named name: String = #function, _ body: (MigratorTestCase) async throws -> Void
    ) async throws {
        try await withDatabase(named: name) { try await body(MigratorTestCase(configuration: $0)) }
    }

    func migrator(
        _ migrations: [Migration], series: MigrationSeries = .miyabi, patience: Duration = .seconds(20)
    ) -> Migrator {
        var migrator = Migrator(
            series: series, migrations: migrations, configuration: configuration,
            logger: Logger(label: "migrator-tests"))
        migrator.patience = patience
        return migrator
    }

    func connect() async throws -> PostgresConnection {
        try await PostgresConnection.connect(configuration)
    }

    /// The first column of a query's only row.
    func value<T: PostgresDecodable & Sendable>(_ type: T.Type, _ query: PostgresQuery) async throws -> T? {
        let connection = try await connect()
        let values = try await connection.query(query).decode(type)
        await connection.close()
        return values.first
    }

    func script(_ sql: String) async throws {
        let connection = try await connect()
        try await connection.executeScript(sql)
        await connection.close()
    }

    /// Pipes a dry run into psql; its exit code.
    func psql(
        of migrator: Migrator, _ direction: MigrationPlan.Direction, targetVersion: Int64? = nil
    ) async throws -> Int32 {
        let sql = try await migrator.dryRun(direction, targetVersion: targetVersion)
        let script = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).sql")
        try sql.write(to: script, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: script) }
        let process = Process()
        let address = ["host", "port", "dbname", "user"]
            .compactMap { key in configuration[key].map { "\(key)='\($0)'" } }.joined(separator: " ")
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["psql", "-XqAt", "-d", address]
        process.environment = ProcessInfo.processInfo.environment
            .merging(["PGPASSWORD": try await TestCluster.shared.password]) { $1 }
        process.standardInput = try FileHandle(forReadingFrom: script)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        return try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
    }

    /// Every table, index and function of the schema public, but for the bookkeeping.
    func objects() async throws -> [String] {
        let connection = try await connect()
        let names = try await connection.query(
            """
            SELECT relname::text FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE '\\_sqlx%'
            UNION ALL SELECT proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            ORDER BY 1
            """
        ).decode(String.self)
        await connection.close()
        return names
    }

    func history(_ migrations: [Migration]) async throws -> [MigrationStatus.State] {
        try await migrator(migrations).info().map(\.state)
    }

    /// Waits until `condition` is true of the server; the test's time limit is the only end.
    func until(_ condition: PostgresQuery) async throws {
        let connection = try await connect()
        while true {
            let rows = try await connection.query(condition).decode(Bool.self)
            if rows == [true] { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        await connection.close()
    }

    /// Waits until a session of the database is in `pg_sleep`.
    func untilAsleep() async throws {
        try await until(
            """
            SELECT count(*) = 1 FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event = 'PgSleep'
            """)
    }
}

extension Migration {
    /// A migration `m<version>` with this SQL.
    static func test(_ version: Int64, _ up: String, _ down: String? = nil) -> Migration {
        Fixture.migration(version, sql: up, down: down)
    }
}

/// Collects the events of a migrator.
final class EventLog: Sendable {
    private let lines = Mutex<[String]>([])

    func append(_ event: MigrationEvent) {
        let line =
            switch event {
            case .waiting: "waiting"
            case .noticed(let problem): "noticed \(problem.version)"
            case .waitingForLock(let step, let wait): "\(step.script.fileName) waits for \(wait.object)"
            case .holdingUp(let step, let sessions): "\(step.script.fileName) holds \(sessions) up"
            case .started(let step): "started \(step.script.fileName)"
            case .finished(let step, _): "finished \(step.script.fileName)"
            }
        lines.withLock { $0.append(line) }
    }

    var all: [String] { lines.withLock { $0 } }
}
