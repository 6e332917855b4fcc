import Metrics

/// The pool's metrics, named by OpenTelemetry's conventions for database clients; all have the dimension
/// `db.client.connection.pool.name`.
///
/// | name | kind | what |
/// |---|---|---|
/// | `db.client.connection.count` | gauge | connections, by `db.client.connection.state`: `idle`, `used`, `opening` |
/// | `db.client.connection.max`, `db.client.connection.idle.min` | gauge | the configured maximum and minimum |
/// | `db.client.connection.pending_requests` | gauge | tasks that wait for a connection |
/// | `db.client.connection.timeouts` | counter | tasks that waited in vain |
/// | `db.client.connection.wait_time`, `.use_time`, `.create_time` | timer | how long a task waited for a connection, kept it; how long opening one took |
/// | `db.client.connection.failures` | counter | attempts to connect that failed |
/// | `db.client.connection.leaks` | counter | connections kept longer than the leak threshold |
///
/// Gauges are set about once a second while the pool has connections.
struct PoolMetrics: Sendable {
    private let timeouts: Counter
    private let failures: Counter
    private let leaks: Counter
    private let idle: Gauge
    private let used: Gauge
    private let opening: Gauge
    private let pending: Gauge
    private let waitTime: Timer
    private let useTime: Timer
    private let createTime: Timer

    init(_ configuration: PostgresPoolConfiguration) {
        let factory = configuration.metrics ?? MetricsSystem.factory
        let prefix = "db.client.connection"
        let pool = [("\(prefix).pool.name", configuration.name)]
        func gauge(_ name: String, state: String? = nil) -> Gauge {
            let dimensions = pool + (state.map { [("\(prefix).state", $0)] } ?? [])
            return Gauge(label: "\(prefix).\(name)", dimensions: dimensions, factory: factory)
        }
        func counter(_ name: String) -> Counter {
            Counter(label: "\(prefix).\(name)", dimensions: pool, factory: factory)
        }
        func timer(_ name: String) -> Timer {
            Timer(label: "\(prefix).\(name)", dimensions: pool, factory: factory)
        }
        idle = gauge("count", state: "idle")
        used = gauge("count", state: "used")
        opening = gauge("count", state: "opening")
        pending = gauge("pending_requests")
        timeouts = counter("timeouts")
        failures = counter("failures")
        leaks = counter("leaks")
        waitTime = timer("wait_time")
        useTime = timer("use_time")
        createTime = timer("create_time")
        gauge("max").record(configuration.maximumConnections)
        gauge("idle.min").record(configuration.minimumConnections)
    }

    func record(_ statistics: PoolStatistics) {
        idle.record(statistics.idle)
        used.record(statistics.inUse)
        opening.record(statistics.opening)
        pending.record(statistics.waiting)
    }

    func timedOut() { timeouts.increment() }
    func failedToOpen() { failures.increment() }
    func leaked() { leaks.increment() }
    func waited(for duration: Duration) { waitTime.recordNanoseconds(duration.nanoseconds) }
    func used(for duration: Duration) { useTime.recordNanoseconds(duration.nanoseconds) }
    func opened(within duration: Duration) { createTime.recordNanoseconds(duration.nanoseconds) }
}

extension Duration {
    fileprivate var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
