internal import Foundation
import MiyabiSystem
internal import Postgres

/// The table in which a series keeps its books.
struct MigrationTable {
    /// The statement that creates the table; the columns are sqlx's.
    static func creation(_ series: MigrationSeries) -> String {
        """
        CREATE TABLE IF NOT EXISTS \(series.table) (
            version BIGINT PRIMARY KEY,
            description TEXT NOT NULL,
            installed_on TIMESTAMPTZ NOT NULL DEFAULT now(),
            success BOOLEAN NOT NULL,
            checksum BYTEA NOT NULL,
            execution_time BIGINT NOT NULL
        );
        """
    }

    private let series: MigrationSeries
    /// The table's name with its schema, quoted: a script may change the search path.
    private let name: String

    /// The table as the session's search path finds it; nil when there is none.
    init?(of series: MigrationSeries, on connection: PostgresConnection) async throws {
        let rows = try await connection.query(
            """
            SELECT format('%I.%I', n.nspname, c.relname)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.oid = to_regclass(\(series.table))
            """)
        guard let name = try rows.decode(String.self).first else { return nil }
        self.name = name
        self.series = series
    }

    /// The table, created if there is none. Only who has the migration lock may call this.
    static func findOrCreate(
        of series: MigrationSeries, on connection: PostgresConnection
    ) async throws -> MigrationTable {
        if let table = try await MigrationTable(of: series, on: connection) { return table }
        try await connection.executeScript(creation(series))
        guard let table = try await MigrationTable(of: series, on: connection) else {
            throw MigrationError(
                .invalidHistory, "\(series.table) was created, but is not on the role's search_path")
        }
        return table
    }

    /// All rows, by version.
    func rows(on connection: PostgresConnection) async throws -> [AppliedMigration] {
        try await connection.query(
            """
            SELECT version, description, installed_on, success, checksum, execution_time
            FROM \(unsafeSQL: name) ORDER BY version
            """
        ).decode((Int64, String, Date, Bool, [UInt8], Int64).self).map {
            AppliedMigration(
                series: series, version: $0, description: $1, installedOn: $2, success: $3, checksum: $4,
                nanoseconds: $5)
        }
    }

    /// How to mend the row of a step that did not finish.
    func dirtyAdvice(version: Int64) -> String {
        MigrationProblem.dirtyAdvice(table: series.table, version: version)
    }

    /// Writes down that a step was done: in the step's own transaction.
    func record(_ step: MigrationPlan.Step, took duration: Duration, on connection: PostgresConnection) async throws {
        switch step.direction {
        case .up: try await insert(step.migration, success: true, took: duration, on: connection)
        case .down: try await delete(step.migration, on: connection)
        }
    }

    /// Writes down that a step outside a transaction begins: if it does not finish, the row stays dirty.
    func recordBeginning(of step: MigrationPlan.Step, on connection: PostgresConnection) async throws {
        switch step.direction {
        case .up:
            try await insert(step.migration, success: false, took: nil, on: connection)
        case .down:
            try await connection.execute(
                "UPDATE \(unsafeSQL: name) SET success = false WHERE version = \(step.migration.version)")
        }
    }

    /// Writes down that a step outside a transaction came to its end.
    func recordEnd(
        of step: MigrationPlan.Step, took duration: Duration, on connection: PostgresConnection
    ) async throws {
        switch step.direction {
        case .up:
            try await connection.execute(
                """
                UPDATE \(unsafeSQL: name) SET success = true, execution_time = \(duration.nanoseconds)
                WHERE version = \(step.migration.version)
                """)
        case .down:
            try await delete(step.migration, on: connection)
        }
    }

    private func insert(
        _ migration: Migration, success: Bool, took duration: Duration?, on connection: PostgresConnection
    ) async throws {
        try await connection.execute(
            """
            INSERT INTO \(unsafeSQL: name) (version, description, success, checksum, execution_time)
            VALUES (\(migration.version), \(migration.description), \(success), \(migration.up.checksum),
                    \(duration?.nanoseconds ?? -1))
            """)
    }

    private func delete(_ migration: Migration, on connection: PostgresConnection) async throws {
        try await connection.execute("DELETE FROM \(unsafeSQL: name) WHERE version = \(migration.version)")
    }
}
