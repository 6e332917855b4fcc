import DynamoDB

/// The right to something, held by one owner until it is given back or not renewed for as long as it lasts.
///
/// Two hosts never compare their clocks. A holder that stops is found out by watching: whoever waits sees on its own
/// clock that nothing was renewed for the lease's duration, and takes over by a write that fails if something was.
/// The holder that wakes up then still believes to hold the lease, so what it writes must be checked against
/// ``fencingNumber``: ``LeaseStore/write(_:under:)`` and every write of ``AgentStateStore`` do.
public struct Lease: Sendable, Hashable {
    /// Who holds it, in its own words: a host and a process.
    public let owner: String
    /// Larger than that of every earlier lease on the same thing. Hand it to whatever the lease protects, to refuse
    /// writers that come with a smaller one.
    public let fencingNumber: Int
    /// How long it lasts after each heartbeat.
    public let duration: Duration

    let key: LeaseKey
    /// Tells this lease from all others, should the item expire and the numbers begin anew.
    let id: String
    /// When it was asked for, on this process's clock: it may be taken over once this is `duration` ago.
    let begun: ContinuousClock.Instant

    /// What must be true of the lease's item for its holder to write.
    var isHeld: ConditionExpression {
        .attribute("fencing") == fencingNumber && .attribute("lease_id") == id
    }
}

/// The item that a lease is kept in.
struct LeaseKey: Sendable, Hashable {
    let partition: String
    var sort = "CLAIM"

    var item: Item { ["PK": .string(partition), "SK": .string(sort)] }

    /// The item of a lease that nobody has held yet.
    var unheld: Item { item.merging(["fencing": 0, "heartbeats": 0]) { key, _ in key } }
}

/// Who wants which lease, and how long it will wait for it.
struct LeaseRequest: Sendable {
    let key: LeaseKey
    let owner: String
    let duration: Duration
    /// Nil to wait for ever.
    let patience: Duration?

    /// - Throws: ``LeaseError`` when a part is out of range.
    init(_ key: LeaseKey, owner: String, duration: Duration, patience: Duration?) throws(LeaseError) {
        try LeaseLimits.check(owner: owner, duration: duration)
        self.key = key
        self.owner = owner
        self.duration = duration
        self.patience = patience
    }
}

/// What the item of a lease says. Two equal records, read one after the other, mean that no heartbeat came between.
struct LeaseRecord: Sendable, Equatable {
    struct Holder: Sendable, Equatable {
        let id: String
        let duration: Duration
    }

    /// False when there is no item: the lease was never held.
    let exists: Bool
    let fencingNumber: Int
    let heartbeats: Int
    /// Nil when the lease is free.
    let holder: Holder?

    init(_ item: Item?) throws(LeaseError) {
        exists = item != nil
        guard let item else {
            (fencingNumber, heartbeats, holder) = (0, 0, nil)
            return
        }
        guard let fencingNumber = item["fencing"]?.int, let heartbeats = item["heartbeats"]?.int else {
            throw LeaseRecord.unreadable(item)
        }
        self.fencingNumber = fencingNumber
        self.heartbeats = heartbeats
        guard let id = item["lease_id"]?.string else {
            holder = nil
            return
        }
        guard let milliseconds = item["lease_ms"]?.int else { throw LeaseRecord.unreadable(item) }
        holder = Holder(id: id, duration: .milliseconds(milliseconds))
    }

    private static func unreadable(_ item: Item) -> LeaseError {
        LeaseError(.unreadableItem, "the item \(item["PK"]?.string ?? "") \(item["SK"]?.string ?? "") is not a lease")
    }

    func isHeld(by lease: Lease) -> Bool {
        fencingNumber == lease.fencingNumber && holder?.id == lease.id
    }

    /// Whether the holder gave the lease back and nobody has had it since.
    func wasReleased(by lease: Lease) -> Bool {
        fencingNumber == lease.fencingNumber && holder == nil
    }

    /// True of the item only as long as it says the same.
    var isUnchanged: ConditionExpression {
        guard exists else { return .absent("PK") }
        let holding = holder.map { .attribute("lease_id") == $0.id } ?? .absent("lease_id")
        return .attribute("fencing") == fencingNumber && .attribute("heartbeats") == heartbeats && holding
    }
}

/// A lease is no longer its holder's: another took it over, it was given back, or it could not be renewed in time.
///
/// Nothing was written. The work that the lease protected must stop.
public struct LeaseLost: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was held.
    public let lease: Lease

    init(_ lease: Lease) {
        self.lease = lease
    }

    /// One sentence.
    public var description: String {
        "\(lease.owner) no longer holds \(lease.key.partition) under the fencing number \(lease.fencingNumber)"
    }
}

/// What a process saw of a lease that another holds, on its own clock.
struct LeaseWatch: Sendable {
    private var seen: (record: LeaseRecord, since: ContinuousClock.Instant)?

    /// For how long the lease has been seen unchanged.
    ///
    /// - Parameter now: After the record was read: the holder may have renewed up to then.
    mutating func see(_ record: LeaseRecord, at now: ContinuousClock.Instant) -> Duration {
        guard let seen, seen.record == record else {
            seen = (record, now)
            return .zero
        }
        return seen.since.duration(to: now)
    }
}
