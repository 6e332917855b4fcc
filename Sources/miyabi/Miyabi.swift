import ArgumentParser
import MiyabiOperations
import MiyabiSystem

/// The program `miyabi`.
///
/// Exit codes: 0 done; 1 failed, with the reason on standard error; 3 from `status` when not everything is up, from
/// `usage verify` when a rollup is wrong, from `license verify` when the licence is not good and from `doctor` when it
/// finds something; 64 for a command line that is wrong; 65 from `import` when some lines were skipped; 130 when interrupted.
@main
struct Miyabi: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "miyabi",
        abstract: "One database of PostgreSQL and DynamoDB: start it, fill it, watch it.",
        discussion: """
            A new database in this directory, in the background:
              miyabi up --detach

            The same, with its addresses in this shell:
              set -a; eval "$(miyabi up --detach)"; set +a
              psql "$DATABASE_URL"
              aws dynamodb list-tables --endpoint-url "$DYNAMODB_ENDPOINT"

            Everything is kept in .miyabi/ in the current directory, or where MIYABI_HOME or --home points. A half whose \
            address is in the environment or in .env (DATABASE_URL, DYNAMODB_ENDPOINT) is external, and is used instead.

            Completion for your shell: miyabi --generate-completion-script bash|zsh|fish
            """,
        version: MiyabiVersion.current,
        subcommands: [
            UpCommand.self, StatusCommand.self, DownCommand.self, ResetCommand.self, MigrateCommand.self,
            ImportCommand.self, EventsCommand.self, UsageCommand.self, LicenseCommand.self, ExecutionsCommand.self,
            OutboxCommand.self, SeedCommand.self, PsqlCommand.self, LogsCommand.self, DoctorCommand.self,
            KeyCommand.self, BackupCommand.self, RecoveryCommand.self, RestoreCommand.self, TLSCommand.self,
            DynamoDBCommand.self,
        ])

    static func main() async {
        ProcessPrivacy.begin()
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            exit(withError: end(with: error))
        }
    }

    /// Says what there is to say of an error, and gives the exit code that is left of it.
    private static func end(with error: any Error) -> any Error {
        let code = exitCode(for: error)
        if error is ExitCode { return error }
        do {
            // Help and the version are results, too.
            if code == .success {
                try Console.result(fullMessage(for: error))
                return code
            }
        } catch {
            Console.error("miyabi: \(error)")
            return ExitCode.failure
        }
        if code == .validationFailure,
            let message = CommandSuggestion.message(for: Array(CommandLine.arguments.dropFirst()), of: Self.self)
        {
            Console.error("miyabi: \(message)")
            return code
        }
        // What is not about the command line is told without its usage.
        guard code == .failure else { return error }
        Console.error("miyabi: \(error)")
        return code
    }
}
