import AWSCore
public import DynamoDB

/// Leases and locks by name, for work that only one process at a time may do.
///
/// Each is the item `LOCK#{name}`, `CLAIM` of MiyabiAgentState. Works alike on AWS, on any compatible server and on the
/// embedded engine.
/// ```swift
/// try await database.leases.withLock(named: "deploy#main", as: host) { lease in
///     try await database.leases.write([.put(release)], under: lease)
/// }
/// ```
public struct LeaseStore: Sendable {
    private let leases: LeaseTable

    /// A store over the table of ``MiyabiTables/agentState``.
    public init(dynamoDB: any DynamoDBAPI) {
        self.init(dynamoDB: dynamoDB, pacing: .real)
    }

    init(dynamoDB: any DynamoDBAPI, pacing: Pacing) {
        leases = LeaseTable(dynamoDB: dynamoDB, pacing: pacing)
    }

    /// Takes the lease of a name, once it is free or its holder has shown no life for its duration.
    ///
    /// - Parameters:
    ///   - name: 1 to 1,024 bytes of UTF-8.
    ///   - owner: Who takes it, for people to read: 1 to 255 bytes of UTF-8.
    ///   - duration: How long it lasts after each heartbeat, 10 milliseconds to a day.
    ///   - patience: How long to wait; nil for as long as it takes. To take over from a holder that stopped it must be
    ///     more than that holder's duration.
    /// - Throws: ``LeaseError``, with the code ``LeaseError/Code/held`` when another still has it; `DynamoDBError`.
    public func acquire(
        _ name: String, as owner: String, for duration: Duration = .seconds(30), waitingAtMost patience: Duration? = nil
    ) async throws -> Lease {
        guard (1...1024).contains(name.utf8.count) else {
            throw LeaseError(.invalidName, "a lock's name must have 1 to 1,024 bytes, not \(name.utf8.count)")
        }
        return try await leases.acquire(
            LeaseRequest(LeaseKey(partition: "LOCK#\(name)"), owner: owner, duration: duration, patience: patience))
    }

    /// Renews a lease for its duration from now.
    ///
    /// - Throws: ``LeaseLost``; `DynamoDBError`.
    public func renew(_ lease: Lease) async throws {
        try await leases.heartbeat(lease)
    }

    /// Gives a lease back; the next one to ask has it at once. Giving it back again changes nothing.
    ///
    /// - Throws: ``LeaseLost`` when another took it over: what was done under it may have met that other's work.
    ///   `DynamoDBError`; then the lease expires.
    public func release(_ lease: Lease) async throws {
        try await leases.release(lease)
    }

    /// Runs some work while holding the lease of a name, with heartbeats beside it. Parameters as for `acquire`.
    ///
    /// - Parameter work: Is cancelled when the lease is lost.
    /// - Throws: ``LeaseLost`` when the lease was lost, also if the work then returned; what the work throws; what
    ///   `acquire` and `release` throw.
    public func withLock<Value: Sendable>(
        named name: String, as owner: String, for duration: Duration = .seconds(30),
        waitingAtMost patience: Duration? = nil, _ work: @escaping @Sendable (Lease) async throws -> Value
    ) async throws -> Value {
        let lease = try await acquire(name, as: owner, for: duration, waitingAtMost: patience)
        return try await leases.hold(lease) { try await work(lease) }
    }

    /// Carries out up to 99 writes, all or none, and only if the lease is held: the writes of a holder that was taken
    /// over while it slept are refused.
    ///
    /// - Throws: ``LeaseLost``; `DynamoDBError`, with the code `transactionCanceledException` when a condition of the
    ///   writes failed (the first of its reasons is the lease's).
    public func write(_ writes: [TransactWriteItem], under lease: Lease) async throws {
        var check = ConditionCheck(tableName: leases.name, key: lease.key.item, requiring: lease.isHeld)
        check.returnValuesOnConditionCheckFailure = .allOld
        try await leases.transact(lease, .conditionCheck(check), writes)
    }
}
