import ArgumentParser
import MiyabiHome
import MiyabiMigrations
import MiyabiOperations

/// `miyabi migrate run`.
struct MigrateRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run the migrations that are pending: Miyabi's, then your own.",
        discussion:
            "A dry run prints what psql can run in its place: miyabi migrate run --dry-run | psql \"$DATABASE_URL\"")

    @OptionGroup var options: MigrationExecutionOptions

    @Option(help: "The last version to run; of Miyabi's migrations, or with --own of your own.")
    var targetVersion: Int64?

    @Flag(help: "Run a new migration although a later one is applied.")
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
