public import Metrics

/// How a pool keeps its connections. The defaults are the specification's, section 4.1.
public struct PostgresPoolConfiguration: Sendable {
    /// Where connections are made to; its `connectTimeout` limits each attempt (`DB_CONNECT_TIMEOUT`).
    public var server: PostgresConfiguration
    /// The pool's name in logs and metrics.
    public var name = "postgres"
    /// The greatest number of connections, at least 1 (`DB_MAX_CONNECTIONS`).
    public var maximumConnections = 20
    /// Connections that are kept open once the pool has been used, from 0 to `maximumConnections`
    /// (`DB_MIN_CONNECTIONS`).
    public var minimumConnections = 5
    /// The longest wait for a connection, opening it included (`DB_ACQUIRE_TIMEOUT`).
    public var acquireTimeout = Duration.seconds(5)
    /// How long a connection beyond the minimum may lie unused before it is closed; `nil` is for ever
    /// (`DB_IDLE_TIMEOUT`).
    public var idleTimeout: Duration? = .seconds(600)
    /// The age at which a connection is closed, when nobody uses it; `nil` is never (`DB_MAX_LIFETIME`). Each
    /// connection's own limit lies up to a tenth below it, so that they do not all go at once.
    public var maximumLifetime: Duration? = .seconds(1800)
    /// Whether the server must answer on a connection before it is lent, unless it did within the last second
    /// (`DB_TEST_BEFORE_ACQUIRE`).
    public var testsBeforeAcquire = true
    /// After how long a connection in use is reported in the log as a leak, with the place that borrowed it; `nil` is
    /// never.
    public var leakThreshold: Duration? = .seconds(300)
    /// Where the pool's metrics go; `nil` is the process's `MetricsSystem`. docs/decisions/0013-pool.md names them.
    public var metrics: (any MetricsFactory)?

    /// A pool of connections to `server`, with the specification's defaults. A maximum below the default minimum
    /// lowers the minimum.
    public init(_ server: PostgresConfiguration, maximumConnections: Int = 20) {
        self.server = server
        self.maximumConnections = maximumConnections
        minimumConnections = min(minimumConnections, maximumConnections)
    }
}
