import ArgumentParser
import Foundation
import MiyabiHome
import MiyabiMigrations
import MiyabiOperations

/// `miyabi migrate add`.
struct MigrateAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Create the two files of a new migration of your own.")

    @Argument(help: "What the migration does, in a few words.")
    var name: String

    @Option(
        help: ArgumentHelp(
            "The directory of the migrations; it is made if there is none.",
            discussion: "Default: $MIYABI_MIGRATIONS, or migrations."),
        completion: .directory, transform: { URL(filePath: $0, directoryHint: .isDirectory) })
    var source: URL?

    @Flag(help: "Take the time as the version, instead of the next number.")
    var timestamp = false

    func run() async throws {
        let settings = try Settings.load()
        let directory =
            source ?? settings.migrations ?? URL(filePath: "migrations", directoryHint: .isDirectory)
        let isThere = FileManager.default.fileExists(atPath: directory.path)
        let new = try NewMigration(
            name: name, after: isThere ? Migration.load(directory: directory) : [],
            numbering: timestamp ? .timestamp(Date()) : .sequential)
        for file in try new.write(to: directory) { try Console.result(file.relativePath) }
        if settings.migrations == nil {
            Console.error(
                "`miyabi up` runs them once MIYABI_MIGRATIONS=\(directory.relativePath) is in .env or the environment")
        }
    }
}

/// `miyabi migrate revert`.
struct MigrateRevertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revert", abstract: "Revert the latest migration, or all migrations after a version.",
        discussion: """
            The data in the tables and columns that they created is lost, so it asks first; without a terminal it needs \
            --yes. If migrations of your own were run, say which to revert: --own or --miyabi.
            """)

    @OptionGroup var options: MigrationExecutionOptions

    @Option(help: "The version to go back to; 0 reverts every migration.")
    var targetVersion: Int64?

    @OptionGroup var confirmation: Confirmation

    func run() async throws {
        let settings = try options.source.global.settings
        let series = try await series()
        // A pending migration of a lower version is no obstacle to going back.
        let migrator = try await options.migrator(
            of: series, policy: MigrationPolicy(ignoresMissing: options.ignoreMissing, allowsOutOfOrder: true))
        if options.dryRun {
            return try Console.result(await migrator.dryRun(.down, targetVersion: targetVersion), terminator: "")
        }
        let doomed = try await migrator.info().filter { $0.state != .pending }
            .filter { $0.version > targetVersion ?? Int64.min }.suffix(targetVersion == nil ? 1 : Int.max)
        if let first = doomed.first, let last = doomed.last {
            let whose = series == .own ? "migration(s) of your own" : "of Miyabi's migrations"
            try confirmation.ask(
                "This reverts \(doomed.count) \(whose), \(last.version) (\(last.name)) down to \(first.version) "
                    + "(\(first.name)), and removes what is in their tables and columns, in \(settings.postgresName)")
        }
        Console.error("miyabi: reverting \(settings.postgresName)")
        let steps = try await cancellingOnInterrupt { [targetVersion] in
            try await migrator.revert(targetVersion: targetVersion)
        }
        if steps.isEmpty { Console.error("nothing to revert") }
    }

    /// Miyabi's, unless the latest migration may be one of the user's own: then they have to say which they mean.
    private func series() async throws -> MigrationSeries {
        if let named = options.source.named { return named }
        let own = try await options.source.migrator(of: .own, requiresSource: false).info()
        guard own.allSatisfy({ $0.state == .pending }) else {
            throw ValidationError(
                "Migrations of your own were run, too. Say --own to revert those, or --miyabi to revert Miyabi's."
            )
        }
        return .miyabi
    }
}
