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
    /// The applications' access to PostgreSQL.
    public let postgres: PostgresConfiguration
    /// The access of who owns the schema. On an external server it is the applications' where no other is named.
    public let owner: PostgresConfiguration
    /// Where the embedded server of ``settings`` serves, and how it is checked.
    private let served: (port: Int?, tls: ServedTLS?)
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
        if settings.postgres.url == nil, state?.postgres != nil {
            // libpq leaves a passfile that others may read aside, and says that no password was given.
            for login in DatabaseLogin.allCases { _ = try settings.home.password(of: login).password() }
        }
        let port = state?.postgres?.port
        let configuration = try settings.postgres.configuration(
            settings.address(of: .application, embeddedPort: port, tls: state?.tls))
        var pool = settings.postgres.pool(configuration)
        // A command is gone before it would use connections that are kept open for later.
        pool.minimumConnections = 0
        let database = DatabaseConfiguration(
            postgres: pool, replica: try settings.postgres.replicaPool(),
            dynamoDB: .client(settings.dynamoDBClient(embeddedPort: state?.dynamoDB?.port, tls: state?.tls)))
        let owner = settings.address(of: .owner, embeddedPort: port, tls: state?.tls)
        return MiyabiEnvironment(
            settings: settings, postgres: configuration, owner: try settings.postgres.configuration(owner),
            served: (port, state?.tls), database: try Database(database, logger: logger))
    }

    /// The access of a login.
    ///
    /// - Throws: `invalidSetting` for the monitor of an external server, which nothing here names; `system` for a passfile that
    ///   others may read.
    public func configuration(of login: DatabaseLogin) throws -> PostgresConfiguration {
        switch login {
        case .owner: return owner
        case .application: return postgres
        case .monitor:
            guard settings.postgres.url == nil || settings.otherHome != nil else {
                throw OperationsError(
                    .invalidSetting, "which login watches the external PostgreSQL is not known here",
                    advice: "Use psql itself, with that login's address.")
            }
            return try settings.postgres.configuration(
                settings.address(of: .monitor, embeddedPort: served.port, tls: served.tls))
        }
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
