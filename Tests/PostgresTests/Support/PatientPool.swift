import Postgres

/// A pool that waits long for a connection, for tests that are not about waiting: the machine may be busy.
func patient(_ server: PostgresConfiguration, maximumConnections: Int) -> PostgresPoolConfiguration {
    var configuration = PostgresPoolConfiguration(server, maximumConnections: maximumConnections)
    configuration.acquireTimeout = .seconds(120)
    return configuration
}
