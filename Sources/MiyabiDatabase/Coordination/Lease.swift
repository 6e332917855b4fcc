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
