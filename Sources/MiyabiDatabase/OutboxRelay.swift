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
    private let role = RelayRole()
    private let waits = RetryPolicy(maximumAttempts: .max, base: .milliseconds(200), maximum: .seconds(20))
    private let lag = Gauge(label: "miyabi_outbox_lag_seconds")
    private let depth = Gauge(label: "miyabi_outbox_depth")
    private let relayed = Counter(label: "miyabi_outbox_relayed")
    private let failures = Counter(label: "miyabi_outbox_failed")
    /// How often each usage event was refused; forgotten with the process, unlike the attempts of changes.
    private let refusedUsage = UsageRefusals()

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
                                database.logger.notice("The outbox relay is working again.")
                            }
                        }
                    }
                } catch is CancellationError {
                    return
                } catch {
                    let attempt = failed.add(1, ordering: .relaxed).newValue
                    database.logger.log(
                        level: attempt == 1 ? .warning : .debug,
                        "The outbox relay has stopped and will try again: \(error)")
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
                let status = try await database.withSession(as: role.asked(of: database)) { relations in
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
    /// that fails keeps no other from being relayed, except those of its own execution. A change that DynamoDB refuses for a
    /// reason that is not known fails by itself, unless DynamoDB takes no other write either.
    ///
    /// - Returns: How many it relayed.
    /// - Throws: `DynamoDBError`, `PostgresError`: a half cannot be reached, nothing could be relayed, and all of it is
    ///   still there.
    @discardableResult
    public func relay() async throws -> Int { try await relayChanges() + relayUsage() }

    private func relayChanges() async throws -> Int {
        let (rows, connections) = try await database.withSession(as: role.asked(of: database)) { relations in
            let rows = try await relations.outbox.next(limit: Self.batchSize)
            let users = Set(rows.compactMap { try? $0.change.get().userID })
            return (rows, users.isEmpty ? [:] : try await relations.websocketConnections.names(of: users))
        }
        guard !rows.isEmpty else { return 0 }
        let faults = try await tell(rows, to: connections)
        try Task.checkCancellation()
        let relayed = rows.filter { faults[$0.id] == nil }
        let isRefusalItsOwn = await areRefusalsTheirOwn(in: Array(faults.values), othersRelayed: !relayed.isEmpty)
        let own = rows.compactMap { row in
            faults[row.id].flatMap { $0.isItsOwn(orRefusal: isRefusalItsOwn) ? (row: row, reason: "\($0)") : nil }
        }
        try await database.withSession(as: role.asked(of: database)) { relations in
            try await relations.outbox.remove(relayed)
            try await relations.outbox.failed(own, parkingAfter: options.attempts)
        }
        for fault in own { database.logger.error("Change \(fault.row.id) could not be relayed: \(fault.reason)") }
        self.relayed.increment(by: relayed.count)
        failures.increment(by: own.count)
        if relayed.isEmpty, let outage = faults.values.first(where: { !$0.isItsOwn(orRefusal: isRefusalItsOwn) }) {
            throw outage
        }
        return relayed.count
    }

    /// Whether what DynamoDB refuses for a reason that nobody knows is refused because of what it is: DynamoDB takes other
    /// writes. If it takes none, the reason may be over later.
    private func areRefusalsTheirOwn(
        in faults: [any Error], othersRelayed: Bool
    ) async -> Bool {
        guard faults.contains(where: { $0.isUnknownRefusal }) else { return false }
        if othersRelayed { return true }
        do {
            try await database.events.probeWrite()
            return true
        } catch { return false }
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
        let usage = try await database.withSession(as: role.asked(of: database)) {
            try await $0.outbox.nextUsage(limit: 500)
        }
        guard !usage.isEmpty else { return 0 }
        let faults = try await concurrently(usage, atMost: Self.concurrency) { row in
            await fault { try await database.events.recordOnce(row.event, shards: OutboxChange.shards) }
        }
        try Task.checkCancellation()
        let isRefusalItsOwn = await areRefusalsTheirOwn(
            in: faults.compactMap { $0 }, othersRelayed: faults.contains { $0 == nil })
        var outage: (any Error)?
        let done = zip(usage, faults).filter { row, fault in
            guard let fault else { return true }
            if fault.isUnknownRefusal, isRefusalItsOwn {
                return refusedUsage.count(row.id, upTo: options.attempts)
            }
            if !fault.isItsOwn(orRefusal: false) { outage = outage ?? fault }
            return fault.isItsOwn(orRefusal: false)
        }
        try await database.withSession(as: role.asked(of: database)) { try await $0.outbox.remove(done.map(\.0)) }
        let told = done.count { $1 == nil }
        relayed.increment(by: told)
        failures.increment(by: done.count - told)
        for case (let row, let fault?) in done {
            database.logger.error(
                "Usage event \(row.id) stays in PostgreSQL only, because DynamoDB does not take it: \(fault)")
        }
        if let outage { throw outage }
        return done.count
    }

    private func fault(in body: () async throws -> Void) async -> (any Error)? {
        do {
            try await body()
            return nil
        } catch { return error }
    }
}

/// Counts how often usage events were refused.
private final class UsageRefusals: Sendable {
    private let counts = Mutex<[UUID: Int]>([:])

    /// - Returns: Whether it was refused as often as it may be; then it is forgotten.
    func count(_ id: UUID, upTo limit: Int) -> Bool {
        counts.withLock { counts in
            counts[id, default: 0] += 1
            guard counts[id, default: 0] >= limit else { return false }
            counts[id] = nil
            return true
        }
    }
}

extension Error {
    /// Whether an error is about what is written, and would come again for ever; not that a half cannot be reached.
    ///
    /// - Parameter unknown: What a refusal for an unknown reason counts as.
    fileprivate func isItsOwn(orRefusal unknown: Bool) -> Bool {
        switch self {
        case let error as DynamoDBError:
            switch error.code {
            case .validationException, .serializationException, .itemCollectionSizeLimitExceededException: true
            case .transactionCanceledException: !error.isConflict
            default: unknown && isUnknownRefusal
            }
        case is PostgresError, is CancellationError: false
        default: true
        }
    }

    /// DynamoDB refuses the request, and this program does not know what the code means.
    fileprivate var isUnknownRefusal: Bool {
        guard let error = self as? DynamoDBError, (400..<500).contains(error.httpStatus) else { return false }
        return !error.isRetryable && !error.isConflict && !DynamoDBError.Code.known.contains(error.code)
            && error.httpStatus != 401 && error.httpStatus != 403
    }
}

extension DynamoDBError.Code {
    /// Refusals that are understood: those of what is written, those of who writes, and those of tables that are not there.
    fileprivate static let known: Set<DynamoDBError.Code> = [
        .validationException, .serializationException, .itemCollectionSizeLimitExceededException,
        .transactionCanceledException, .conditionalCheckFailedException, .unknownOperationException,
        .resourceNotFoundException, .tableNotFoundException, .indexNotFoundException, .resourceInUseException,
        .tableInUseException, .accessDeniedException, .missingAuthenticationTokenException,
        .incompleteSignatureException, .invalidSignatureException, .unrecognizedClientException, .expiredTokenException,
    ]
}

/// A row that cannot be decoded: its own fault, unlike other errors of PostgreSQL.
private struct UnreadableRow: Error, CustomStringConvertible {
    let description: String
}

/// Whom a relay works as: `outbox_relay`, which may do no more than that; `service_role` where the login is no member of it.
private final class RelayRole: Sendable {
    private let known = Mutex<PostgresSessionRole?>(nil)

    func asked(of database: Database) async throws -> PostgresSessionRole {
        if let role = known.withLock({ $0 }) { return role }
        let isMember = try await database.postgres.query(
            """
            SELECT EXISTS (
              SELECT FROM pg_roles AS relay, pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
              WHERE rolname = 'outbox_relay' AND nspname = 'outbox' AND relname = 'changes'
                AND pg_has_role(session_user, relay.oid, 'MEMBER') AND has_table_privilege(relay.oid, pg_class.oid, 'DELETE'))
            """
        ).decode(Bool.self)
        let role: PostgresSessionRole = isMember == [true] ? .relay : .service
        known.withLock { $0 = role }
        return role
    }
}
