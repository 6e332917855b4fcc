import ArgumentParser
import MiyabiHome
import MiyabiOperations

/// `miyabi psql`.
struct PsqlCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "psql",
        abstract: "Open psql on the PostgreSQL half, as the login that owns the schema or another.",
        usage: "miyabi psql [--home <home>] [--as owner|application|monitor] [psql's own options …]",
        discussion: """
            All other options are psql's:
              miyabi psql -c 'SELECT count(*) FROM users'
              miyabi psql --csv -f report.sql

            The owner sees and changes everything. The application's login is that of DATABASE_URL: it owns nothing, and does \
            nothing before SET ROLE to anon, authenticated or service_role. The monitor's sees how the server does, and no data.

            An external PostgreSQL is used with the login in MIGRATION_DATABASE_URL, or DATABASE_URL where that is not set. No \
            password is among psql's arguments or in its environment. The exit code is psql's.
            """)

    @Option(help: GlobalOptions.homeHelp, completion: .directory)
    var home: String?

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("Which login: owner, application or monitor. Default: owner.", valueName: "login"),
        transform: PsqlCommand.login)
    var login = DatabaseLogin.owner

    @Argument(parsing: .captureForPassthrough, help: "Options of psql's.")
    var arguments: [String] = []

    private static func login(_ name: String) throws -> DatabaseLogin {
        guard let login = DatabaseLogin(rawValue: name) else {
            throw ValidationError("--as must be owner, application or monitor.")
        }
        return login
    }

    func run() async throws {
        if arguments == ["--help"] { throw CleanExit.helpRequest(PsqlCommand.self) }
        let settings = try Settings.load(homeOption: home)
        let configuration = try await MiyabiEnvironment.withConnection(settings, needing: [.postgres]) {
            try $0.configuration(of: login)
        }
        let own = arguments.first == "--" ? Array(arguments.dropFirst()) : arguments
        try PsqlProgram(settings).replaceProcess(connectingTo: configuration, arguments: own)
    }
}

/// `miyabi seed`.
struct SeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed",
        abstract: "Insert made-up users, plugins and repositories, to develop and try things with.",
        discussion: """
            Existing rows do not change. The users are admin@miyabi.example, aoi@miyabi.example and \
            ren@miyabi.example; a plugin to sell is miyabi-operations-pro.

            It refuses an external PostgreSQL, and one that has other users; --yes inserts the data anyway.
            """)

    @OptionGroup var global: GlobalOptions

    @Flag(help: "Insert the data into an external database, or beside other users.")
    var yes = false

    func run() async throws {
        let summary = try await MiyabiEnvironment.withConnection(
            global.settings, needing: [.postgres], logger: global.logger
        ) { try await DevelopmentData($0).load(evenBesideOthers: yes) }
        if global.json { return try Console.json(summary) }
        try Console.result(summary.sentence)
    }
}

extension DevelopmentData.Summary {
    /// `inserted 3 plugins, 3 users …`
    var sentence: String {
        guard !inserted.isEmpty else { return "the development data is there already: nothing was inserted" }
        return "inserted " + inserted.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }
}
