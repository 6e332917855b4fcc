import ArgumentParser
import Foundation
import MiyabiHome
import MiyabiMigrations
import MiyabiOperations
import MiyabiSystem

/// `miyabi migrate`: the relational schema, forward and back.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Create, run, revert and list migrations: Miyabi's, and your own.",
        discussion: """
            A migration is a pair of files, <version>_<name>.up.sql and .down.sql. This program contains Miyabi's. Your own \
            are in the directory that MIYABI_MIGRATIONS names (in the environment or .env); `miyabi up` and `miyabi migrate \
            run` run them after Miyabi's. Each have versions of their own, and a table that says what was run: \
            _sqlx_migrations and _own_migrations, both as sqlx writes them. See docs/migrations.md.
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
            "A directory of migrations: your own, or with --miyabi Miyabi's.",
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
        ) { ($0.postgres, $0.settings) }
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

    @Flag(help: "Print the SQL for psql, and change nothing.")
    var dryRun = false

    @Option(
        help: ArgumentHelp("How long to wait for another migrator. Default: 60s.", valueName: "duration"),
        transform: Span.within(.zero ... .seconds(7 * 86_400)))
    var wait: Duration?

    @Option(
        help: ArgumentHelp(
            "How long a statement waits for a lock; 0 waits without end.",
            discussion: "Default: $MIYABI_LOCK_TIMEOUT, or 10s.", valueName: "duration"),
        transform: Span.within(.zero ... .seconds(86_400)))
    var lockTimeout: Duration?

    @Flag(help: "Go on although applied migrations are missing in the source.")
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
