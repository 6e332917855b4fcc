import ArgumentParser
import MiyabiHome
import MiyabiOperations

/// `miyabi psql`.
struct PsqlCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "psql",
        abstract: "Open psql on the PostgreSQL half, as the role that owns the schema.",
        usage: "miyabi psql [--home <home>] [psql's own options …]",
        discussion: """
            All other options are psql's:
              miyabi psql -c 'SELECT count(*) FROM users'
              miyabi psql --csv -f report.sql

            No password is among psql's arguments. An external PostgreSQL is used with the role in DATABASE_URL. The exit \
            code is psql's.
            """)

    @Option(
        help: ArgumentHelp(
            "The directory that holds the embedded halves.", discussion: "Default: $MIYABI_HOME, or .miyabi."),
        completion: .directory)
    var home: String?

    @Argument(parsing: .captureForPassthrough, help: "Options of psql's.")
    var arguments: [String] = []

    func run() async throws {
        if arguments == ["--help"] { throw CleanExit.helpRequest(PsqlCommand.self) }
        let settings = try Settings.load(homeOption: home)
        let configuration = try await MiyabiEnvironment.withConnection(settings, needing: [.postgres]) { $0.postgres }
        let own = arguments.first == "--" ? Array(arguments.dropFirst()) : arguments
        try PsqlProgram(settings).replaceProcess(connectingTo: configuration, arguments: own)
    }
}
