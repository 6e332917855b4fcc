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
        abstract: "Create, run, revert and list the migrations of the relational schema.",
        discussion: """
            A migration is a pair of files, <version>_<name>.up.sql and .down.sql. This program contains the ones of \
            Database/migrations; --source reads a directory instead. What was run is kept in _sqlx_migrations, as sqlx \
            keeps it: sqlx-cli and this command can take turns.
            """,
        subcommands: [
            MigrateAddCommand.self, MigrateRunCommand.self, MigrateRevertCommand.self, MigrateInfoCommand.self,
        ])
}

/// Where `run`, `revert` and `info` find the migrations and the database.
struct MigrationSourceOptions: ParsableArguments {
    @OptionGroup var global: GlobalOptions

    @Option(
        help: "A directory of migrations, instead of the ones inside this program.",
        completion: .directory, transform: { URL(filePath: $0, directoryHint: .isDirectory) })
    var source: URL?

    func migrator() async throws -> Migrator {
        let migrations = try source.map(Migration.load(directory:)) ?? Migration.embedded
        let configuration = try await MiyabiEnvironment.withConnection(
            global.settings, needing: [.postgres], logger: global.logger
        ) { $0.postgres }
        return Migrator(migrations: migrations, configuration: configuration, logger: global.logger)
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
    var lockTimeout: Duration?

    @Flag(help: "Go on although applied migrations are missing in the source.")
    var ignoreMissing = false

    /// Prints the plan, or executes it while it says on standard error what it does. An interrupt rolls back.
    func execute(
        _ direction: MigrationPlan.Direction, target: Int64?, policy: MigrationPolicy,
        confirmation: Confirmation = Confirmation()
    ) async throws {
        var migrator = try await source.migrator()
        let database = try source.global.settings.postgresName
        migrator.policy = policy
        migrator.lockTimeout = lockTimeout ?? .seconds(60)
        migrator.onEvent = { MigrationProgress.report($0) }
        if dryRun {
            let sql = try await migrator.dryRun(direction, targetVersion: target)
            return try Console.result(sql, terminator: "")
        }
        if direction == .down {
            let doomed = try await migrator.info().filter { $0.state != .pending }.map(\.version)
                .filter { $0 > target ?? Int64.min }.sorted().suffix(target == nil ? 1 : Int.max)
            if let first = doomed.first, let last = doomed.last {
                try confirmation.ask(
                    "This reverts \(doomed.count) migration(s), \(last) down to \(first), and removes what is in their "
                        + "tables and columns, in \(database)")
            }
        }
        Console.error("miyabi: \(direction == .up ? "migrating" : "reverting") \(database)")
        let steps = try await cancellingOnInterrupt { [migrator] in
            switch direction {
            case .up: try await migrator.run(targetVersion: target)
            case .down: try await migrator.revert(targetVersion: target)
            }
        }
        if steps.isEmpty {
            Console.error(direction == .up ? "nothing to run: the schema is up to date" : "nothing to revert")
        }
    }
}

/// The lines that `run` and `revert` write to standard error.
enum MigrationProgress {
    static func report(_ event: MigrationEvent) {
        switch event {
        case .waiting(let holder):
            Console.error("waiting for another migrator" + (holder.map { ": \($0)" } ?? ""))
        case .started: break
        case .finished(let step, let duration):
            let verb = step.direction == .up ? "applied" : "reverted"
            Console.error("\(verb) \(step.script.fileName) (\(duration.short))")
        }
    }
}
