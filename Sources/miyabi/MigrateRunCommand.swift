import ArgumentParser
import MiyabiMigrations
import MiyabiOperations

/// `miyabi migrate run`.
struct MigrateRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run the migrations that are pending.")

    @OptionGroup var options: MigrationExecutionOptions

    @Option(help: "The last version to run.")
    var targetVersion: Int64?

    @Flag(help: "Run a new migration although a later one is applied.")
    var allowOutOfOrder = false

    func run() async throws {
        try await options.execute(
            .up, target: targetVersion,
            policy: MigrationPolicy(ignoresMissing: options.ignoreMissing, allowsOutOfOrder: allowOutOfOrder))
    }
}
