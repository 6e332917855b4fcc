import Logging
import MiyabiHome
import MiyabiSystem
import Postgres

/// The running cluster of a home, as its superuser meets it from another process than its supervisor.
struct RunningCluster: Sendable {
    /// How to connect as superuser, without the password: the address names the passfile.
    let address: String
    let binaries: PostgresBinaries

    /// - Throws: `notRunning`.
    static func find(_ settings: Settings, program: String) async throws(OperationsError) -> RunningCluster {
        let home = settings.home
        guard let port = try EnvironmentState.current(of: home)?.postgres?.port else {
            throw MiyabiEnvironment.notRunning(home, nil)
        }
        let location = try await ClusterLocation.choose(for: home, account: ServiceAccount.required())
        return RunningCluster(
            address: EmbeddedPostgres.superuserAddress(
                home: home, location: location, port: port, database: "postgres", program: program),
            binaries: try await PostgresBinaries.find(
                directory: settings.postgresBinaries, major: ClusterInitializer.major(of: location), path: settings.path
            ))
    }

    func withConnection<Result>(
        logger: Logger, _ body: (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        try await PostgresConnection.withConnection(to: PostgresConfiguration(address), logger: logger, body)
    }
}
