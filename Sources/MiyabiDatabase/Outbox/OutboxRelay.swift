internal import DynamoDB
internal import Foundation
internal import Logging
internal import Metrics
public import ServiceLifecycle
internal import Synchronization

/// Carries what PostgreSQL has committed over to DynamoDB: each change of an execution's status becomes an event, the
/// state of the agent `exec-{id}`, and a message to each of the user's connections.
///
/// At least once, in order within an execution; everything it writes is named after the change, so that writing it again
/// changes nothing. It may be killed at any moment. Any number of processes may run it: one works, under a lease, the
/// others wait to take over. Metrics: `miyabi_outbox_lag_seconds`, `miyabi_outbox_depth`, `miyabi_outbox_relayed`,
/// `miyabi_outbox_failed`.
public struct OutboxRelay: Service {
    /// How a relay works.
    public struct Options: Sendable {
        /// How long to wait before looking again when there was nothing to do.
        public var pollInterval: Duration
        /// How often relaying a change may fail, for a reason of its own, before it is parked; from 1.
        public var attempts: Int
        /// How long a process may show no life before another takes over, 10 milliseconds to a day.
        public var leaseDuration: Duration

        /// Options; numbers out of range are clamped.
        public init(
            pollInterval: Duration = .milliseconds(200), attempts: Int = 10, leaseDuration: Duration = .seconds(15)
        ) {
            self.pollInterval = pollInterval
            self.attempts = max(attempts, 1)
            self.leaseDuration = leaseDuration
        }
    }

    let database: Database
    let options: Options
    let owner: String

    private static let batchSize = 100
    private static let concurrency = 16
    private let waits = RetryPolicy(maximumAttempts: .max, base: .milliseconds(200), maximum: .seconds(20))
    private let lag = Gauge(label: "miyabi_outbox_lag_seconds")
    private let depth = Gauge(label: "miyabi_outbox_depth")
    private let relayed = Counter(label: "miyabi_outbox_relayed")
    private let failures = Counter(label: "miyabi_outbox_failed")

    /// A relay between both halves of a database.
    ///
    /// - Parameter owner: Who works, for people to read: 1 to 255 bytes of UTF-8. By default the host and the process.
    public init(_ database: Database, as owner: String = Self.thisProcess, options: Options = Options()) {
        self.database = database
        self.owner = owner
        self.options = options
    }

    /// `host/process`.
    public static var thisProcess: String {
        let process = ProcessInfo.processInfo
        return "\(process.hostName)/\(process.processIdentifier)"
    }

    /// Relays until the service group shuts down or the task is cancelled. A half that cannot be reached is waited for.
    public func run() async {
        await cancelWhenGracefulShutdown {
            // Since the last time that it worked.
            let failed = Atomic(0)
            while !Task.isCancelled {
                do {
                    try await database.leases.withLock(
                        named: "outbox", as: owner, for: options.leaseDuration
                    ) { _ in
                        while true {
                            let count = try await relay()
                            if failed.exchange(0, ordering: .relaxed) > 0 {
                                database.logger.notice("The outbox is relayed again.")
                            }
                            if count == 0 { try await Task.sleep(for: options.pollInterval) }
                        }
                    }
                } catch is CancellationError {
                    return
                } catch {
                    let attempt = failed.add(1, ordering: .relaxed).newValue
                    database.logger.log(
                        level: attempt == 1 ? .warning : .debug, "The outbox is not relayed at the moment: \(error)")
                    let delay = waits.delay(
                        afterAttempt: min(attempt, 10), isThrottling: false, random: .random(in: 0.5...1))
                    // Cut short by the cancellation that the loop ends with.
                    try? await Task.sleep(for: delay)
                }
            }
        }
    }

    /// Relays what may be relayed now: of each execution the oldest change, up to 100.
    ///
    /// - Returns: How many it relayed.
    /// - Throws: `DynamoDBError`, `PostgresError`: a half cannot be reached, and what was not relayed is still there.
    @discardableResult
    public func relay() async throws -> Int {
        let (changes, connections, status) = try await database.withSession(as: .service) { relations in
            let changes = try await relations.outbox.next(limit: Self.batchSize)
            let users = Set(changes.map(\.userID))
            let connections = users.isEmpty ? [:] : try await relations.websocketConnections.names(of: users)
            return (changes, connections, try await relations.outbox.status())
        }
        depth.record(status.depth)
        lag.record(status.lagSeconds)
        guard !changes.isEmpty else { return 0 }
        let faults = try await concurrently(changes, atMost: Self.concurrency) { change in
            try await fault(of: change, to: connections[change.userID] ?? [])
        }
        let outcomes = zip(changes, faults)
        try await database.withSession(as: .service) { relations in
            try await relations.outbox.remove(outcomes.filter { $1 == nil }.map(\.0.id))
            for case (let change, let fault?) in outcomes {
                try await relations.outbox.failed(change.id, fault, parkingAfter: options.attempts)
            }
        }
        let failed = faults.count { $0 != nil }
        relayed.increment(by: changes.count - failed)
        failures.increment(by: failed)
        return changes.count - failed
    }

    /// Why a change cannot be relayed, nil when it was; throws where the fault is not the change's own.
    private func fault(of change: OutboxChange, to connections: [String]) async throws -> String? {
        do {
            try await tell(change, to: connections)
            return nil
        } catch  where Self.isItsOwn(error) {
            database.logger.error("Change \(change.id) of execution \(change.executionID) is not relayed: \(error)")
            return "\(error)"
        }
    }

    /// Whether an error is about what is written, and would come again for ever.
    private static func isItsOwn(_ error: any Error) -> Bool {
        switch error {
        case is EventError, is AgentStateError, is MessageError: true
        case let error as DynamoDBError: error.code == .validationException
        default: false
        }
    }

    private func tell(_ change: OutboxChange, to connections: [String]) async throws {
        // Not by a plain put, which would move the expiry of an event that is there already.
        try await database.events.record(contentsOf: [change.event], skippingRecorded: true)
        try await database.agentStates.follow(change)
        for result in await database.messages.send(change.message, toEach: connections).values { _ = try result.get() }
    }
}
