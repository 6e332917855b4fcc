import ArgumentParser
import Foundation
import MiyabiDatabase
import MiyabiHome
import MiyabiMigrations
import MiyabiOperations
import MiyabiSystem

/// `miyabi migrate`: the relational schema, forward and back.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Create, run, revert and list migrations: Miyabi's and your own.",
        discussion: """
            A migration is a pair of files, <version>_<name>.up.sql and .down.sql. Miyabi's are built into this program. \
            Your own are in the directory that MIYABI_MIGRATIONS names (in the environment or .env); `miyabi up` and `miyabi \
            migrate run` run them after Miyabi's. The two series have separate versions, and separate tables that record \
            what was run, in sqlx's format: _sqlx_migrations and _own_migrations. See docs/migrations.md.
            """,
        subcommands: [
            MigrateAddCommand.self, MigrateRunCommand.self, MigrateRevertCommand.self, MigrateInfoCommand.self,
        ])
}

/// Whose migrations a command is about.
enum SeriesFlag: EnumerableFlag {
    case own, miyabi

    var series: MigrationSeries { self == .own ? .own : .miyabi }

    static func help(for value: SeriesFlag) -> ArgumentHelp? {
        switch value {
        case .own: "Only your own migrations."
        case .miyabi: "Only Miyabi's migrations."
        }
    }
}

/// Where `run`, `revert` and `info` find the migrations and the database.
struct MigrationSourceOptions: ParsableArguments {
    @OptionGroup var global: GlobalOptions

    @Flag(exclusivity: .exclusive) var only: SeriesFlag?

    @Option(
        help: ArgumentHelp(
            "The directory of the migrations: your own, or Miyabi's with --miyabi.",
            discussion: "Default: $MIYABI_MIGRATIONS."),
        completion: .directory, transform: { URL(filePath: $0, directoryHint: .isDirectory) })
    var source: URL?

    /// The series that was named; `--source` alone means the user's own.
    var named: MigrationSeries? { only?.series ?? (source == nil ? nil : .own) }

    /// A migrator of a series.
    ///
    /// - Parameter requiresSource: Whether a directory must be named for the user's own; without one they have no files.
    func migrator(of series: MigrationSeries, requiresSource: Bool) async throws -> Migrator {
        let environment = try await MiyabiEnvironment.withConnection(
            global.settings, needing: [.postgres], logger: global.logger
        ) { ($0.owner, $0.settings) }
        let (configuration, settings) = environment
        let migrations: [Migration]
        if let source = source ?? (series == .own ? settings.migrations : nil) {
            migrations = try Migration.load(directory: source)
        } else if series == .miyabi {
            migrations = try Migration.embedded
        } else if requiresSource {
            throw ValidationError("Name the directory of your own migrations: with --source, or in MIYABI_MIGRATIONS.")
        } else {
            migrations = []
        }
        var migrator = Migrator(
            series: series, migrations: migrations, configuration: configuration, logger: global.logger)
        migrator.lockTimeout = settings.lockTimeout
        return migrator
    }
}

/// What `run` and `revert` have in common.
struct MigrationExecutionOptions: ParsableArguments {
    @OptionGroup var source: MigrationSourceOptions

    @Flag(help: "Print the SQL for psql, but change nothing.")
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            "How long to wait for another migration run to finish. Default: 60s.", valueName: "duration"),
        transform: Span.within(.zero ... .seconds(7 * 86_400)))
    var wait: Duration?

    @Option(
        help: ArgumentHelp(
            "How long a statement waits for a lock; 0 waits forever.",
            discussion: "Default: $MIYABI_LOCK_TIMEOUT, or 10s.", valueName: "duration"),
        transform: Span.within(.zero ... .seconds(86_400)))
    var lockTimeout: Duration?

    @Flag(help: "Continue even if the files of migrations that were run are missing.")
    var ignoreMissing = false

    /// A migrator of a series that tells on standard error what it does.
    func migrator(of series: MigrationSeries, policy: MigrationPolicy) async throws -> Migrator {
        var migrator = try await source.migrator(of: series, requiresSource: true)
        migrator.policy = policy
        migrator.patience = wait ?? .seconds(60)
        if let lockTimeout { migrator.lockTimeout = lockTimeout }
        migrator.onEvent = { event in
            if case .started = event { return }
            Console.error("\(event)")
        }
        return migrator
    }
}

/// `miyabi migrate run`.
struct MigrateRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run the pending migrations: Miyabi's, then your own.",
        discussion:
            "A dry run prints SQL that psql can run instead: miyabi migrate run --dry-run | psql \"$DATABASE_URL\"")

    @OptionGroup var options: MigrationExecutionOptions

    @Option(help: "The last version to run, of Miyabi's migrations, or of your own with --own.")
    var targetVersion: Int64?

    @Flag(help: "Run a new migration even if a later one was already run.")
    var allowOutOfOrder = false

    func run() async throws {
        let settings = try options.source.global.settings
        var series: [MigrationSeries] =
            if let named = options.source.named { [named] } else { [.miyabi] }
        if options.source.named == nil, targetVersion == nil, settings.migrations != nil { series.append(.own) }
        let policy = MigrationPolicy(ignoresMissing: options.ignoreMissing, allowsOutOfOrder: allowOutOfOrder)
        var migrators: [Migrator] = []
        for series in series { migrators.append(try await options.migrator(of: series, policy: policy)) }
        if options.dryRun {
            for migrator in migrators {
                try Console.result(await migrator.dryRun(.up, targetVersion: targetVersion), terminator: "")
            }
            return
        }
        Console.error("miyabi: migrating \(settings.postgresName)")
        let count = try await cancellingOnInterrupt { [migrators, targetVersion] in
            var count = 0
            for migrator in migrators { count += try await migrator.run(targetVersion: targetVersion).count }
            return count
        }
        if count == 0 { Console.error("nothing to run: the schema is up to date") }
    }
}

/// `miyabi migrate info`.
struct MigrateInfoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "List every migration, Miyabi's and your own, and how it stands in the database."
    )

    @OptionGroup var source: MigrationSourceOptions

    func run() async throws {
        var statuses: [MigrationStatus] = []
        for series in source.named.map({ [$0] }) ?? MigrationSeries.allCases {
            statuses += try await source.migrator(of: series, requiresSource: false).info()
        }
        if source.global.json {
            for status in statuses { try Console.json(status) }
        } else {
            var table = Table("WHOSE", "VERSION", "NAME", "STATE", "INSTALLED ON", "DURATION", "CHECKSUM")
            for status in statuses {
                table.add(
                    status.series.rawValue, String(status.version), status.name, status.state.rawValue,
                    status.installedOn.map { Timestamp($0).description } ?? "-", status.executionTime?.short ?? "-",
                    status.checksums)
            }
            try Console.result(table.text())
        }
    }
}
