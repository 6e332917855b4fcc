import DynamoDB
public import FoundationEssentials
public import MiyabiSystem

/// What a running supervisor says of itself in `run/state.json`: other commands find the halves by it.
public struct EnvironmentState: Codable, Sendable, Equatable {
    /// What the supervisor is doing.
    public enum Phase: String, Codable, Sendable {
        case starting, ready, stopping
    }

    /// A half that the supervisor owns.
    public struct Half: Codable, Sendable, Equatable {
        /// The process that serves it.
        public var pid: Int32
        /// The port on 127.0.0.1.
        public var port: Int
        /// The version of the software.
        public var version: String

        package init(pid: Int32, port: Int, version: String) {
            (self.pid, self.port, self.version) = (pid, port, version)
        }
    }

    /// What came of migrating on the way up.
    public struct MigrationReport: Codable, Sendable, Equatable {
        /// Where files and database do not agree: nothing failed, and something may not have been run.
        public var warnings: [String] = []
        /// Migrations that could not be read or run.
        public var failures: [String] = []

        /// Nothing is wrong.
        public init() {}
    }

    /// The supervisor's process.
    public var pid: Int32
    /// When it was started.
    public var startedAt: Date
    /// What it is doing.
    public var phase: Phase = .starting
    /// The step it is at, in words: what hangs when something hangs.
    public var step = "starting"
    /// The embedded PostgreSQL; nil while it is not up, and where the half is external.
    public var postgres: Half?
    /// The embedded DynamoDB; nil while it is not up, and where the half is external.
    public var dynamoDB: Half?

    /// What came of the migrations on the way up; nil before, and where they are not run.
    public var migrations: MigrationReport?

    package init(pid: Int32, startedAt: Date) { (self.pid, self.startedAt) = (pid, startedAt) }

    /// The state of the supervisor that holds the home's lock; nil when none does, or it has only just taken it.
    ///
    /// - Throws: `unusableHome` for a home that this account cannot look into.
    public static func current(of home: MiyabiHome) throws(OperationsError) -> EnvironmentState? {
        try home.requireAccess()
        // A killed supervisor leaves its file, and the next one holds the lock before it writes its own.
        guard let holder = FileLock.holder(home.lockFile), let state = read(home.stateFile), state.pid == holder.pid
        else { return nil }
        return state
    }

    package static func read(_ path: String) -> EnvironmentState? {
        guard let text = Files.read(path) else { return nil }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try? decoder.decode(EnvironmentState.self, from: Data(text.utf8))
    }

    package func write(to path: String) throws(OperationsError) {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        guard let data = try? encoder.encode(self) else { throw OperationsError(.system, "cannot encode \(path)") }
        try Files.write(String(decoding: data, as: UTF8.self) + "\n", to: path)
    }
}

/// How to connect to the halves that Miyabi owns: lines that a shell and a `.env` file both read.
///
/// No line holds a secret: `DATABASE_URL` leads to a passfile, and `AWS_PROFILE` to a profile of a credentials file.
public struct ConnectionDetails: Sendable, Equatable {
    /// `NAME=value` lines, quoted where a shell needs it.
    public let lines: [String]
    private let commentedLines: [String]

    /// The lines for what runs in a home according to its state.
    package init(settings: Settings, state: EnvironmentState) {
        var lines: [String] = []
        var comments: [String] = []
        if let postgres = state.postgres {
            lines.append("DATABASE_URL='\(settings.home.databaseURL(port: postgres.port))'")
            if let url = settings.home.databaseURLWithPassword(port: postgres.port) {
                comments = ["# For drivers that read no passfile:", "# DATABASE_URL='\(url)'"]
            }
            comments += [
                "# The login that owns the schema, for tools that migrate, and the one that watches the server:"
            ]
            comments += zip(["MIGRATION_DATABASE_URL", "MONITOR_DATABASE_URL"], [DatabaseLogin.owner, .monitor]).map {
                "# \($0)='\(settings.home.databaseURL(of: $1, port: postgres.port))'"
            }
        }
        if let dynamoDB = state.dynamoDB {
            lines.append("DYNAMODB_ENDPOINT=\(DynamoDBSettings.embeddedEndpoint(port: dynamoDB.port))")
            // The AWS CLI's version 1 and boto3 know only the older name.
            lines += ["AWS_REGION", "AWS_DEFAULT_REGION"].map { "\($0)=\(settings.dynamoDB.region)" }
            lines += settings.home.credentials.environment.map { "\($0.name)=\(Self.quoted($0.value))" }
        }
        self.lines = lines
        commentedLines = comments
    }

    /// As shells and `.env` files both take it, whatever is in it.
    package static func quoted(_ value: String) -> String {
        guard value.contains("'") else { return "'\(value)'" }
        return "\"" + value.reduce(into: "") { $0 += "\"\\$`".contains($1) ? "\\\($1)" : "\($1)" } + "\""
    }

    /// The details of what runs in a home; nil when nothing does.
    public static func current(_ settings: Settings) throws(OperationsError) -> ConnectionDetails? {
        try EnvironmentState.current(of: settings.home).map { ConnectionDetails(settings: settings, state: $0) }
    }

    /// Writes the home's `env` file, which only its owner reads, since its comments hold the password.
    package func write(to home: MiyabiHome) throws(OperationsError) {
        let text = (["# Written by `miyabi up`."] + lines + commentedLines).joined(separator: "\n") + "\n"
        try Files.write(text, to: home.environmentFile)
    }
}
