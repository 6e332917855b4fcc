import DynamoDB
import FoundationEssentials
public import Logging
import MiyabiDatabase
public import MiyabiHome
import MiyabiMigrations
public import MiyabiSystem
import Postgres

extension StatusReport {
    /// Asks the state file, and both halves themselves.
    ///
    /// - Parameter limit: How long a half may take to answer before it counts as unreachable.
    /// - Throws: `unusableHome` for a home that this account cannot look into.
    public static func gather(
        _ settings: Settings, logger: Logger, within limit: Duration = .seconds(3)
    ) async throws(OperationsError) -> StatusReport {
        let state = try EnvironmentState.current(of: settings.home)
        async let postgres = Postgres.ask(settings, state, logger: logger, within: limit)
        async let dynamoDB = DynamoDB.ask(settings, state, logger: logger, within: limit)
        return StatusReport(
            home: settings.home.path, phase: state?.phase, pid: state?.pid, startedAt: state?.startedAt,
            uptimeSeconds: state.map { Int(Date().timeIntervalSince($0.startedAt)) },
            listen: state?.listen, postgres: await postgres, dynamoDB: await dynamoDB)
    }
}

extension StatusReport.Postgres {
    fileprivate static func ask(
        _ settings: Settings, _ state: EnvironmentState?, logger: Logger, within limit: Duration
    ) async -> Self {
        let half = state?.postgres
        guard settings.postgres.url != nil || half != nil else { return Self(state: .stopped) }
        let isExternal = settings.postgres.url != nil
        var report = Self(
            state: isExternal ? .external : .running, pid: isExternal ? nil : half?.pid,
            port: isExternal ? nil : half?.port)
        do {
            var application = try settings.postgres.configuration(
                settings.address(of: .application, embeddedPort: half?.port, tls: state?.tls))
            application.connectTimeout = limit
            report.address = "\(application)"
            var configuration = try settings.postgres.configuration(
                settings.address(of: .owner, embeddedPort: half?.port, tls: state?.tls))
            configuration.connectTimeout = limit
            let statuses = try await Migrator(
                migrations: try Migration.embedded, configuration: configuration, logger: logger
            ).info()
            report.migrations = Dictionary(statuses.map { ($0.state.rawValue, 1) }, uniquingKeysWith: +)
            let own = Self.ownMigrations(settings)
            var problems = Self.unfinished(report.migrations ?? [:], "of Miyabi's migrations")
            if case .failure(let error) = own { problems.append("\(error)") }
            let ownStatuses = try await Migrator(
                series: .own, migrations: (try? own.get()) ?? [], configuration: configuration, logger: logger
            ).info()
            report.ownMigrations = Dictionary(ownStatuses.map { ($0.state.rawValue, 1) }, uniquingKeysWith: +)
            problems += Self.unfinished(report.ownMigrations ?? [:], "of your own migrations")
            report.problem = problems.isEmpty ? nil : problems.joined(separator: "\n")
            (report.version, report.isEncrypted, report.widerThanNeeded) = try await PostgresConnection.withConnection(
                to: application, logger: logger
            ) { connection in
                let version = "\(connection.serverVersion / 10_000).\(connection.serverVersion % 10_000)"
                return (version, connection.usesTLS, try await Self.widerThanNeeded(connection))
            }
        } catch {
            report.state = .unreachable
            report.problem = "\(error)"
        }
        return report
    }

    /// What applications do not need, of the login that they use: a sentence; nil where there is nothing.
    private static func widerThanNeeded(_ connection: PostgresConnection) async throws -> String? {
        let found = try await connection.query(
            """
            SELECT rolname::text, concat_ws(', ',
              CASE WHEN rolsuper THEN 'is a superuser' END,
              CASE WHEN rolcreaterole THEN 'makes roles' END,
              CASE WHEN rolbypassrls THEN 'bypasses row-level security' END,
              CASE WHEN EXISTS (
                SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
                WHERE nspname = 'public' AND relname = 'users' AND pg_has_role(rolname, relowner, 'USAGE')
              ) THEN 'owns the schema' END)
            FROM pg_roles WHERE rolname = current_user
            """
        ).decode((String, String).self)
        guard let (login, rights) = found.first, !rights.isEmpty else { return nil }
        return "the login \(login) \(rights): more than applications need (docs/security.md)"
    }

    private static func ownMigrations(_ settings: Settings) -> Result<[Migration], MigrationError> {
        guard let directory = settings.migrations else { return .success([]) }
        return Result { () throws(MigrationError) in try Migration.load(directory: directory) }
    }
}

extension StatusReport.Postgres {
    /// What is to be done to the schema; nothing where it is as the migrations' files make it. The user's own that have no
    /// file here are no problem: `MIYABI_MIGRATIONS` may be set elsewhere only.
    ///
    /// - Parameter whose: "of your own migrations".
    private static func unfinished(_ migrations: [String: Int], _ whose: String) -> [String] {
        let words: [(MigrationStatus.State, one: String, many: String)] = [
            (
                .dirty, "did not finish; to see which: miyabi migrate info",
                "did not finish; to see which: miyabi migrate info"
            ),
            (
                .modified, "has changed since it was run; to see which: miyabi migrate info",
                "have changed since they were run; to see which: miyabi migrate info"
            ),
            (.pending, "is pending; to run it: miyabi migrate run", "are pending; to run them: miyabi migrate run"),
        ]
        return words.compactMap { state, one, many in
            migrations[state.rawValue].map { "\($0) \(whose) \($0 == 1 ? one : many)" }
        }
    }
}

extension StatusReport.DynamoDB {
    fileprivate static func ask(
        _ settings: Settings, _ state: EnvironmentState?, logger: Logger, within limit: Duration
    ) async -> Self {
        var settings = settings
        let dynamoDB = settings.dynamoDB
        let half = dynamoDB.location == .embedded ? state?.dynamoDB : nil
        if dynamoDB.location == .embedded && half == nil { return Self(state: .stopped) }
        var report = Self(
            state: half == nil ? .external : .running,
            address: half.map { DynamoDBSettings.embeddedEndpoint(port: $0.port, tls: state?.tls) } ?? dynamoDB.address,
            pid: half?.pid, port: half?.port, version: half?.version)
        report.isEncrypted = half == nil ? dynamoDB.isEncrypted : state?.tls != nil
        do {
            settings.dynamoDB.timeout = limit
            settings.dynamoDB.maxAttempts = 1
            let client = try DynamoDBClient(
                settings.dynamoDBClient(embeddedPort: state?.dynamoDB?.port, tls: state?.tls), logger: logger)
            do {
                let states = try await MiyabiTables.states(on: client).mapValues(\.description)
                report.tables = states
                if states.values.contains("missing") {
                    report.problem = "tables are missing: `miyabi up --prepare` makes them"
                }
            } catch {
                report.state = .unreachable
                report.problem = "\(error)"
            }
            try await client.close()
        } catch {
            report.state = .unreachable
            report.problem = "\(error)"
        }
        return report
    }
}
