import ArgumentParser
import MiyabiMigrations
import MiyabiOperations

/// `miyabi migrate revert`.
struct MigrateRevertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revert", abstract: "Take back the latest migration, or all after a version.",
        discussion:
            "What is in their tables and columns is lost: it asks first; where nobody can be asked, it needs --yes.")

    @OptionGroup var options: MigrationExecutionOptions

    @Option(help: "The version to go back to; 0 takes back every migration.")
    var targetVersion: Int64?

    @OptionGroup var confirmation: Confirmation

    func run() async throws {
        // A pending migration of a lower version is no obstacle to going back.
        try await options.execute(
            .down, target: targetVersion,
            policy: MigrationPolicy(ignoresMissing: options.ignoreMissing, allowsOutOfOrder: true),
            confirmation: confirmation)
    }
}
