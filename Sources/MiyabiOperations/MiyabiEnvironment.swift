public import DynamoDB
public import Logging
public import MiyabiDatabase
public import MiyabiHome
import MiyabiSystem
public import Postgres

/// A running Miyabi, embedded or external, as every command but `up` meets it.
///
/// Where a half is: what the environment or the `.env` file names, else what this home's supervisor runs.
public struct MiyabiEnvironment: Sendable {
    /// A half that a command needs.
    public enum Half: Sendable, Hashable, CaseIterable {
        case postgres, dynamoDB
    }

    /// What the environment and the `.env` file say.
    public let settings: Settings
    /// The owner's access to PostgreSQL.
    public let postgres: PostgresConfiguration
    /// Both halves together, DynamoDB over HTTP; they connect with their first use.
    public let database: Database
    /// DynamoDB over HTTP.
    public var dynamoDB: any DynamoDBAPI { database.dynamoDB }

    /// Finds both halves, and closes every connection when `body` is done.
    ///
    /// - Parameters:
    ///   - home: The value of `--home`, if it was given.
    ///   - needing: The halves that must be there; the other may be missing as long as it is not used.
    /// - Throws: `notRunning` when a needed half is embedded and nothing runs in the home; `invalidSetting`; what
    ///   `body` throws.
    public static func withConnection<Result>(
        home: String? = nil, needing: Set<Half> = Set(Half.allCases), logger: Logger = Logger(label: "miyabi"),
        _ body: (MiyabiEnvironment) async throws -> Result
    ) async throws -> Result {
        try await withConnection(Settings.load(homeOption: home), needing: needing, logger: logger, body)
    }

    /// The same, of settings that were loaded before.
    public static func withConnection<Result>(
        _ settings: Settings, needing: Set<Half> = Set(Half.allCases), logger: Logger = Logger(label: "miyabi"),
        _ body: (MiyabiEnvironment) async throws -> Result
    ) async throws -> Result {
        let environment = try find(settings, needing: needing, logger: logger)
        let result: Result
        do {
            result = try await body(environment)
        } catch {
            // What went wrong first is what the caller has to know; an error of closing could only hide it.
            try? await environment.database.close()
            throw error
        }
        try await environment.database.close()
        return result
    }

    private static func find(_ settings: Settings, needing: Set<Half>, logger: Logger) throws -> MiyabiEnvironment {
        let state = try EnvironmentState.current(of: settings.home)
        if settings.postgres.url == nil && needing.contains(.postgres) && state?.postgres == nil
            || settings.dynamoDB.location == .embedded && needing.contains(.dynamoDB) && state?.dynamoDB == nil
        {
            throw notRunning(settings.home, state)
        }
        let url =
            settings.postgres.url?.exposed
            ?? settings.home.databaseURL(port: state?.postgres?.port ?? settings.postgresPort, tls: state?.tls)
        let configuration = try settings.postgres.configuration(url)
        var pool = settings.postgres.pool(configuration)
        // A command is gone before it would use connections that are kept open for later.
        pool.minimumConnections = 0
        let database = DatabaseConfiguration(
            postgres: pool, replica: try settings.postgres.replicaPool(),
            dynamoDB: .client(settings.dynamoDBClient(state)))
        return MiyabiEnvironment(
            settings: settings, postgres: configuration, database: try Database(database, logger: logger))
    }

    static func notRunning(_ home: MiyabiHome, _ state: EnvironmentState?) -> OperationsError {
        if let state {
            return OperationsError(
                .notRunning, "Miyabi in \(home) is still \(state.phase.rawValue): \(state.step)",
                advice: "Wait until `miyabi status` says that it is ready.")
        }
        return OperationsError(
            .notRunning, "nothing is running in \(home)",
            advice: "Start it: miyabi up --detach\n"
                + "Or name another home with --home or MIYABI_HOME, or a database in DATABASE_URL and DYNAMODB_ENDPOINT."
        )
    }
}
