import DynamoDB
import Foundation

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
    var sortKey: String {
        ([id.description, entity?.description, subEntity?.description] as [String?])
            .compactMap { $0 }.joined(separator: "#")
    }
}

/// The two listings beside the main key.
enum EventIndex {
    static func userKey(_ id: UUID) -> String { "USER#\(id.lowercased)" }
    static func repositoryKey(_ id: UUID) -> String { "REPO#\(id.lowercased)" }

    /// Milliseconds in 15 digits, which hold every time that a ULID does, and the ULID.
    static func sortKey(_ id: ULID) -> String {
        "\(id.timestamp.milliseconds.padded(15))#\(id)"
    }
}
