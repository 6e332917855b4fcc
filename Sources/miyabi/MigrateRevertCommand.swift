import ArgumentParser
import MiyabiOperations

/// `miyabi migrate revert`.
struct MigrateRevertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revert", abstract: "Take back the latest migration, or all after a version.")

    @OptionGroup var options: MigrationExecutionOptions

    @Option(help: "The version to go back to; 0 takes back every migration.")
    var targetVersion: Int64?

    func run() async throws {
        // A pending migration of a lower version is no obstacle to going back.
        try await options.execute(
            .down, target: targetVersion,
            policy: MigrationPolicy(ignoresMissing: options.ignoreMissing, allowsOutOfOrder: true))
    }
}
