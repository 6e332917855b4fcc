internal import AWSCore
internal import DynamoDB
internal import Foundation
internal import Logging
internal import Metrics
internal import Postgres
public import ServiceLifecycle
internal import Synchronization

/// Carries what PostgreSQL has committed over to DynamoDB: each change of an execution's status becomes an event, the
/// state of the agent `exec-{id}`, and a message to each of the user's connections; usage becomes events. Every five seconds
/// it also folds what was counted of plugins (``PluginStore/foldCounts()``).
///
/// At least once, in order within an execution; everything it writes is named after the change, so that writing it again
/// changes nothing. It may be killed at any moment. Any number of processes may run it: one works, under a lease, the
/// others wait to take over. Metrics: `miyabi_outbox_lag_seconds` and `miyabi_outbox_depth`, counted every five seconds,
/// `miyabi_outbox_relayed`, `miyabi_outbox_failed`.
public struct OutboxRelay: Service {
    /// How a relay works.
    public struct Options: Sendable {
        /// How long to wait before looking again when there was nothing to do: the shortest wait after a change, doubled
        /// each time up to the longest. A commit through the same ``Database`` ends the wait at once.
        public var pollInterval: ClosedRange<Duration>
        /// How often relaying a change may fail, for a reason of its own, before it is parked; from 1.
        public var attempts: Int
        /// How long a process may show no life before another takes over, 10 milliseconds to a day.
        public var leaseDuration: Duration

        /// Options; numbers out of range are clamped.
        public init(
            pollInterval: ClosedRange<Duration> = .milliseconds(20) ... .seconds(1), attempts: Int = 10,
            leaseDuration: Duration = .seconds(15)
        ) {
            let shortest = max(pollInterval.lowerBound, .milliseconds(1))
            self.pollInterval = shortest...max(pollInterval.upperBound, shortest)
            self.attempts = max(attempts, 1)
            self.leaseDuration = leaseDuration
        }
    }

    let database: Database
    let options: Options
    let owner: String

    private static let batchSize = 100
    private static let concurrency = 16
    private static let countInterval = Duration.seconds(5)
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
                        try await relayForEver {
                            if failed.exchange(0, ordering: .relaxed) > 0 {
                                database.logger.notice("The outbox is relayed again.")
                            }
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

    private func relayForEver(_ afterRound: () -> Void) async throws {
        var pause = options.pollInterval.lowerBound
        var counted: ContinuousClock.Instant?
        while true {
            let heard = database.outboxBell.rings
            let count = try await relay()
            if counted.map({ .now - $0 >= Self.countInterval }) ?? true {
                let status = try await database.withSession(as: .service) { relations in
                    try await relations.plugins.foldCounts()
                    return try await relations.outbox.status()
                }
                depth.record(status.depth)
                lag.record(status.lagSeconds)
                counted = .now
            }
            afterRound()
            if count > 0 {
                pause = options.pollInterval.lowerBound
            } else {
                await database.outboxBell.wait(after: heard, atMost: pause)
                try Task.checkCancellation()
                // Who rang has something to relay, and soon more.
                pause =
                    database.outboxBell.rings > heard
                    ? options.pollInterval.lowerBound : min(pause * 2, options.pollInterval.upperBound)
            }
        }
    }

    /// Relays what may be relayed now: of each execution the oldest change, up to 100, and up to 500 usage events. A change
    /// that fails keeps no other from being relayed, except those of its own execution.
    ///
    /// - Returns: How many it relayed.
    /// - Throws: `DynamoDBError`, `PostgresError`: a half cannot be reached, nothing could be relayed, and all of it is
    ///   still there.
    @discardableResult
    public func relay() async throws -> Int { try await relayChanges() + relayUsage() }

    private func relayChanges() async throws -> Int {
        let (rows, connections) = try await database.withSession(as: .service) { relations in
            let rows = try await relations.outbox.next(limit: Self.batchSize)
            let users = Set(rows.compactMap { try? $0.change.get().userID })
            return (rows, users.isEmpty ? [:] : try await relations.websocketConnections.names(of: users))
        }
        guard !rows.isEmpty else { return 0 }
        let faults = try await tell(rows, to: connections)
        try Task.checkCancellation()
        let relayed = rows.filter { faults[$0.id] == nil }
        let own = rows.compactMap { row in
            faults[row.id].flatMap { Self.isItsOwn($0) ? (row: row, reason: "\($0)") : nil }
        }
        try await database.withSession(as: .service) { relations in
            try await relations.outbox.remove(relayed)
            try await relations.outbox.failed(own, parkingAfter: options.attempts)
        }
        for fault in own { database.logger.error("Change \(fault.row.id) is not relayed: \(fault.reason)") }
        self.relayed.increment(by: relayed.count)
        failures.increment(by: own.count)
        if relayed.isEmpty, let outage = faults.values.first(where: { !Self.isItsOwn($0) }) { throw outage }
        return relayed.count
    }

    /// Tells DynamoDB of some changes.
    ///
    /// - Returns: Why it could not, by the change.
    private func tell(
        _ rows: [OutboxStore.Row], to connections: [UUID: [String]]
    ) async throws -> [UUID: any Error] {
        var faults: [UUID: any Error] = [:]
        var changes: [OutboxChange] = []
        for row in rows {
            do { changes.append(try row.change.get()) } catch {
                faults[row.id] = UnreadableRow(description: "\(error)")
            }
        }
        // A name that no client can read messages under has no queue.
        let connections = connections.mapValues { names in
            names.filter { (1...MessageLimits.identifierBytes).contains($0.utf8.count) }
        }
        let told = try await concurrently(changes, atMost: Self.concurrency) { change in
            await fault {
                let message = change.message
                for connection in connections[change.userID] ?? [] { try MessageLimits.check(message, to: connection) }
                try await database.events.recordOnce(change.event(), shards: OutboxChange.shards)
                try await database.agentStates.follow(
                    execution: change.executionID, to: change.status.rawValue, errorMessage: change.errorMessage,
                    at: Timestamp(change.changedAt))
            }
        }
        for (change, fault) in zip(changes, told) { faults[change.id] = fault }
        // One transaction for many messages of a connection, whose order they share anyway.
        var queues: [String: [OutboxChange]] = [:]
        for change in changes where faults[change.id] == nil {
            for connection in connections[change.userID] ?? [] { queues[connection, default: []].append(change) }
        }
        let sent = try await concurrently(Array(queues), atMost: Self.concurrency) { connection, changes in
            await fault { try await database.messages.send(contentsOf: changes.map(\.message), to: connection) }
        }
        for (queue, fault) in zip(queues, sent) where fault != nil {
            for change in queue.value { faults[change.id] = fault }
        }
        return faults
    }

    /// Makes events of usage. What can be no event, which the schema rules out, is left to PostgreSQL.
    private func relayUsage() async throws -> Int {
        let usage = try await database.withSession(as: .service) { try await $0.outbox.nextUsage(limit: 500) }
        guard !usage.isEmpty else { return 0 }
        let faults = try await concurrently(usage, atMost: Self.concurrency) { row in
            await fault { try await database.events.recordOnce(row.event, shards: OutboxChange.shards) }
        }
        try Task.checkCancellation()
        let outage = faults.compactMap { $0 }.first { !Self.isItsOwn($0) }
        let done = zip(usage, faults).filter { _, fault in fault.map(Self.isItsOwn) ?? true }
        try await database.withSession(as: .service) { try await $0.outbox.remove(done.map(\.0)) }
        let told = done.count { $1 == nil }
        relayed.increment(by: told)
        failures.increment(by: done.count - told)
        for case (let row, let fault?) in done { database.logger.error("Usage \(row.id) is no event: \(fault)") }
        if let outage { throw outage }
        return done.count
    }

    private func fault(in body: () async throws -> Void) async -> (any Error)? {
        do {
            try await body()
            return nil
        } catch { return error }
    }

    /// Whether an error is about what is written, and would come again for ever; not that a half cannot be reached.
    private static func isItsOwn(_ error: any Error) -> Bool {
        switch error {
        case let error as DynamoDBError:
            switch error.code {
            case .validationException, .serializationException, .itemCollectionSizeLimitExceededException: true
            case .transactionCanceledException: !error.isConflict
            default: false
            }
        case is PostgresError, is CancellationError: false
        default: true
        }
    }
}

/// A row that cannot be decoded: its own fault, unlike other errors of PostgreSQL.
private struct UnreadableRow: Error, CustomStringConvertible {
    let description: String
}
