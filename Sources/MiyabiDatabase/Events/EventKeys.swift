import DynamoDB

/// One partition of events: a minute of one type, and a shard of that minute.
struct EventBucket: Sendable, Hashable {
    let type: EventType
    let minute: CivilMinute
    let shard: Int

    /// `EVENT#agent_execution#2025-11-29T10:30Z#3`.
    var partitionKey: String {
        "EVENT#\(type.rawValue)#\(minute)#\(shard)"
    }
}

extension Event {
    /// The partition it goes to. Consecutive ULIDs go to different shards.
    func bucket(shards: Int) -> EventBucket {
        EventBucket(
            type: type, minute: CivilMinute(timestamp),
            shard: Int(truncatingIfNeeded: (id.bits & 0xFFFF_FFFF) % UInt128(shards)))
    }

    /// `{ULID}#{entity}#{sub entity}`, without the parts that the event does not have.
    func sortKey(_ id: String) -> String {
        guard let entity else { return id }
        guard let subEntity else { return "\(id)#\(entity.kind)#\(entity.id)" }
        return "\(id)#\(entity.kind)#\(entity.id)#\(subEntity.kind)#\(subEntity.id)"
    }
}

/// The two listings beside the main key.
enum EventIndex {
    static func userKey(_ id: String) -> String { "USER#\(id)" }
    static func repositoryKey(_ id: String) -> String { "REPO#\(id)" }

    static func sortKey(_ id: ULID) -> String { sortKey(id.description, at: id.timestamp) }

    /// Milliseconds in 15 digits, which hold every time that a ULID does, and the ULID.
    static func sortKey(_ id: String, at timestamp: Timestamp) -> String {
        "\(timestamp.milliseconds.padded(15))#\(id)"
    }
}
