import DynamoDB

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
        LeaseError(.unreadableItem, "the item \(item["PK"]?.string ?? "") \(item["SK"]?.string ?? "") is no lease")
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
