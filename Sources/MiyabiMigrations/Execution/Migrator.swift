public import Logging
public import Postgres

/// Brings a database to a version of the schema, or back.
///
/// The bookkeeping has sqlx's form: a database that sqlx-cli has migrated goes on with this type, and the other way round.
/// Every function opens a connection of its own and closes it. Besides ``MigrationError`` they throw `PostgresError`
/// when the server cannot be reached, and `CancellationError` when their task is cancelled: a transactional step is then
/// rolled back, and the steps before it stay.
public struct Migrator: Sendable {
    /// Whose migrations they are, which decides where the books are kept.
    public let series: MigrationSeries
    /// The source's migrations.
    public let migrations: [Migration]
    /// Which contradictions between files and database are tolerated.
    public var policy = MigrationPolicy()
    /// How long to wait for another migrator that is at work.
    public var patience: Duration = .seconds(60)
    /// PostgreSQL's `lock_timeout` for the statements of scripts; zero waits without an end. A script's own `SET` wins.
    public var lockTimeout: Duration = .seconds(10)
    /// Told of every step.
    public var onEvent: @Sendable (MigrationEvent) -> Void = { _ in }

    private let configuration: PostgresConfiguration
    private let logger: Logger

    /// A migrator of the database at `configuration`.
    public init(
        series: MigrationSeries = .miyabi, migrations: [Migration], configuration: PostgresConfiguration, logger: Logger
    ) {
        self.series = series
        self.migrations = migrations
        self.configuration = configuration
        self.logger = logger
    }

    /// Runs what is pending, up to `targetVersion` if there is one.
    ///
    /// - Returns: the steps that were run; none when there was nothing to do.
    /// - Throws: ``MigrationError``. The steps before the one that failed stay.
    @discardableResult
    public func run(targetVersion: Int64? = nil) async throws -> [MigrationPlan.Step] {
        try await execute { history throws(MigrationError) in
            try MigrationPlan.up(history, target: targetVersion, policy: policy)
        }
    }

    /// Takes back the latest migration, or all after `targetVersion`; 0 takes back every one.
    ///
    /// - Returns: the steps that were run; none when there was nothing to do.
    /// - Throws: ``MigrationError``. The steps before the one that failed stay.
    @discardableResult
    public func revert(targetVersion: Int64? = nil) async throws -> [MigrationPlan.Step] {
        try await execute { history throws(MigrationError) in
            try MigrationPlan.down(history, target: targetVersion, policy: policy)
        }
    }

    /// The SQL that ``run(targetVersion:)`` or ``revert(targetVersion:)`` would execute now, for psql. Changes nothing,
    /// and takes no lock.
    ///
    /// - Throws: ``MigrationError`` for whatever would keep the migrations from beginning.
    public func dryRun(_ direction: MigrationPlan.Direction, targetVersion: Int64? = nil) async throws -> String {
        try await withConnection { connection in
            let table = try await MigrationTable(of: series, on: connection)
            let history = try await history(table, on: connection)
            let plan =
                switch direction {
                case .up: try MigrationPlan.up(history, target: targetVersion, policy: policy)
                case .down: try MigrationPlan.down(history, target: targetVersion, policy: policy)
                }
            return plan.sql(
                settings: settings, lock: try await migrationLock(on: connection).key, createsTable: table == nil)
        }
    }

    /// How each version stands. Changes nothing, and takes no lock.
    public func info() async throws -> [MigrationStatus] {
        try await withConnection { connection in
            try await history(MigrationTable(of: series, on: connection), on: connection).statuses
        }
    }

    private func execute(
        _ plan: (MigrationHistory) throws(MigrationError) -> MigrationPlan
    ) async throws -> [MigrationPlan.Step] {
        try await withConnection { connection in
            let session = try await MigrationSession(of: connection, configuration)
            let lock = try await migrationLock(on: connection)
            try await lock.acquire(on: connection, timeout: patience) { onEvent(.waiting($0)) }
            let table = try await MigrationTable.findOrCreate(of: series, on: connection)
            let history = try await history(table, on: connection)
            let steps = try await explainingDirt(of: history, on: connection) { () throws(MigrationError) in
                try plan(history).steps
            }
            for problem in history.problems { onEvent(.noticed(problem)) }
            for step in steps {
                try Task.checkCancellation()
                try await session.verify(on: connection)
                onEvent(.started(step))
                let watch = try LockWatch(
                    processID: session.processID, configuration: configuration, lockTimeout: lockTimeout)
                let runner = MigrationStepRunner(
                    step: step, table: table, connection: connection, settings: settings, watch: watch)
                let duration = try await watch.during { [onEvent] in
                    switch $0 {
                    case .waits(let wait): onEvent(.waitingForLock(step, wait))
                    case .holdsUp(let sessions): onEvent(.holdingUp(step, sessions: sessions))
                    }
                } _: {
                    try await runner.run()
                }
                onEvent(.finished(step, duration))
            }
            try await session.verify(on: connection)
            try await lock.release(on: connection)
            return steps
        }
    }

    private var settings: SessionSettings { SessionSettings(lockTimeout: lockTimeout) }

    private func migrationLock(on connection: PostgresConnection) async throws -> MigrationLock {
        let database = try await connection.query("SELECT current_database()::text").decode(String.self)
        return MigrationLock(database: database.first ?? "")
    }

    private func history(_ table: MigrationTable?, on connection: PostgresConnection) async throws -> MigrationHistory {
        let other = try await MigrationTable(of: series.other, on: connection)
        return MigrationHistory(
            series: series, migrations: migrations, applied: try await table?.rows(on: connection) ?? [],
            elsewhere: try await other?.rows(on: connection) ?? [])
    }

    /// Adds the database's invalid indexes to an error about a dirty migration: they are mostly the reason.
    private func explainingDirt(
        of history: MigrationHistory, on connection: PostgresConnection,
        _ body: () throws(MigrationError) -> [MigrationPlan.Step]
    ) async throws -> [MigrationPlan.Step] {
        do {
            return try body()
        } catch {
            guard error.code == .invalidHistory, history.applied.contains(where: { !$0.success }) else { throw error }
            throw MigrationError(error.code, error.message + (try await InvalidIndex.all(on: connection)).advice)
        }
    }

    private func withConnection<R: Sendable>(_ body: (PostgresConnection) async throws -> R) async throws -> R {
        // Closing lets the lock go, and ends whatever is left of a transaction.
        try await PostgresConnection.withConnection(
            to: configuration.with("application_name", "miyabi migrate"), logger: logger
        ) { connection in
            try await settings.apply(on: connection)
            return try await body(connection)
        }
    }
}
