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
        guard
            let url = settings.postgres.url?.exposed
                ?? half.map({ settings.home.databaseURL(port: $0.port, tls: state?.tls) })
        else { return Self(state: .stopped) }
        let isExternal = settings.postgres.url != nil
        var report = Self(
            state: isExternal ? .external : .running, pid: isExternal ? nil : half?.pid,
            port: isExternal ? nil : half?.port)
        do {
            var configuration = try settings.postgres.configuration(url)
            configuration.connectTimeout = limit
            report.address = "\(configuration)"
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
            let connection = try await PostgresConnection.connect(configuration, logger: logger)
            report.isEncrypted = connection.usesTLS
            report.version = "\(connection.serverVersion / 10_000).\(connection.serverVersion % 10_000)"
            await connection.close()
        } catch {
            report.state = .unreachable
            report.problem = "\(error)"
        }
        return report
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
            let client = try DynamoDBClient(settings.dynamoDBClient(state), logger: logger)
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
