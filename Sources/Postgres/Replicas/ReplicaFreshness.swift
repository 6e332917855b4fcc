import DequeModule

/// What is known of how far a replica lags, and what follows for a read: a pure state machine, without I/O or clocks.
///
/// The lag is measured without comparing clocks, and is right also when replication has stopped: the primary's position
/// is sampled once a second, and the replica is as old as the newest sample that it has replayed.
struct ReplicaFreshness {
    typealias Instant = ContinuousClock.Instant

    /// Where a read goes.
    enum Route: Equatable {
        case replica
        case primary
        /// Ask both servers, report with `checked` or `checkFailed`, and ask again.
        case check
    }

    /// How old the knowledge may be before a read renews it.
    static let interval = Duration.seconds(1)
    /// The same for a read that waits for a write of its own to arrive.
    static let impatientInterval = Duration.milliseconds(50)

    let maximumLag: Duration
    /// The primary's positions, the newest at the end; those that the replica has left behind are dropped.
    private var samples: Deque<(at: Instant, position: PostgresLSN)> = []
    private var replayed: PostgresLSN?
    private var checkedAt: Instant?
    private var isChecking = false

    init(maximumLag: Duration) { self.maximumLag = maximumLag }

    /// - Parameter position: what the read must be able to see.
    mutating func route(after position: PostgresLSN?, now: Instant) -> Route {
        let route = knownRoute(after: position, now: now)
        let age = checkedAt.map { now - $0 } ?? Self.interval
        let isDue = age >= Self.interval || route == .primary && position != nil && age >= Self.impatientInterval
        guard isDue, !isChecking else { return route }
        isChecking = true
        return .check
    }

    /// As `route`, with what is known already.
    func knownRoute(after position: PostgresLSN?, now: Instant) -> Route {
        guard let replayed, let lag = lag(at: now), lag <= maximumLag else { return .primary }
        return position.map { $0 <= replayed } ?? true ? .replica : .primary
    }

    /// An upper bound for the replica's age; `nil` when it is not known.
    func lag(at now: Instant) -> Duration? {
        guard let replayed else { return nil }
        return samples.last { $0.position <= replayed }.map { now - $0.at }
    }

    /// - Parameter instant: before either server was asked, the primary first.
    mutating func checked(primary: PostgresLSN, replica: PostgresLSN, since instant: Instant) {
        isChecking = false
        checkedAt = instant
        replayed = replica
        samples.append((instant, primary))
        // Of what has been replayed only the newest sample counts; a replica that stands still is given up after a while.
        while samples.count > 1, samples[1].position <= replica || samples.count > 1000 { samples.removeFirst() }
    }

    /// One of the servers cannot be asked: nothing is known until the next check.
    mutating func checkFailed(at now: Instant) {
        isChecking = false
        checkedAt = now
        replayed = nil
    }
}
