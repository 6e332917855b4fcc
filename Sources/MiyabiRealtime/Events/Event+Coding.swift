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

extension Event {
    /// The item to put into a partition, expiring at a time.
    func item(in partitionKey: String, expiringAt expiry: Timestamp) -> Item {
        var item = Item(minimumCapacity: 13)
        let id = id.description
        item["PK"] = .string(partitionKey)
        item["SK"] = .string(sortKey(id))
        item["event_type"] = .string(type.rawValue)
        item["timestamp"] = .number(DecimalNumber(Int(timestamp.milliseconds)))
        item["data"] = .map(data)
        item["ttl"] = .number(DecimalNumber(Int(expiry.seconds)))
        let moment = AttributeValue.string(EventIndex.sortKey(id, at: timestamp))
        if let user = userID?.lowercased {
            item["user_id"] = .string(user)
            item["GSI1PK"] = .string(EventIndex.userKey(user))
            item["GSI1SK"] = moment
        }
        if let repository = repositoryID?.lowercased {
            item["repository_id"] = .string(repository)
            item["GSI2PK"] = .string(EventIndex.repositoryKey(repository))
            item["GSI2SK"] = moment
        }
        if let agentType {
            item["agent_type"] = .string(agentType)
        }
        return item
    }

    /// Reads what ``item(in:expiringAt:)`` wrote.
    init(item: Item) throws(EventError) {
        func unreadable(_ what: String) -> EventError {
            EventError(
                .unreadableItem,
                "an item of MiyabiEvents is not an event: \(what) (PK \(item["PK"]?.string ?? "none"), "
                    + "SK \(item["SK"]?.string ?? "none"))")
        }
        func uuid(_ name: String) throws(EventError) -> UUID? {
            guard let text = item[name]?.string else { return nil }
            guard let uuid = UUID(uuidString: text) else { throw unreadable("\(name) is not a UUID") }
            return uuid
        }
        let parts = (item["SK"]?.string ?? "").split(separator: "#", omittingEmptySubsequences: false)
        guard let id = parts.first.flatMap({ ULID($0) }) else {
            throw unreadable("the sort key does not begin with a ULID")
        }
        guard let type = item["event_type"]?.string.flatMap(EventType.init(rawValue:)) else {
            throw unreadable("this version does not know its event_type")
        }
        guard [1, 3, 5].contains(parts.count) else {
            throw unreadable("the sort key has \(parts.count) parts")
        }
        guard let data = item["data"]?.map else { throw unreadable("data is not a map") }
        self.init(
            id: id, type: type, userID: try uuid("user_id"), repositoryID: try uuid("repository_id"),
            entity: parts.count >= 3 ? try EntityReference(kind: String(parts[1]), id: String(parts[2])) : nil,
            subEntity: parts.count == 5 ? try EntityReference(kind: String(parts[3]), id: String(parts[4])) : nil,
            agentType: item["agent_type"]?.string, data: data, expiresAt: item.expiry)
    }
}

extension Event {
    /// The event as one line of JSON: `id`, `type`, `timestamp`, `user_id`, `repository_id`, `agent_type`, `expires_at`,
    /// `data`. What it does not have is left out; numbers keep every digit.
    public var json: String {
        var writer = JSONWriter(capacity: 1024)
        let members: AttributeMap<AttributeValue?> = [
            "data": .map(data),
            "agent_type": agentType.map { .string($0) },
            "expires_at": expiresAt.map { .string($0.description) },
            "id": .string(id.description),
            "repository_id": repositoryID.map { .string($0.lowercased) },
            "timestamp": .string(timestamp.description),
            "type": .string(type.rawValue),
            "user_id": userID.map { .string($0.lowercased) },
        ]
        writer.json(.map(members.compactMapValues { $0 }))
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension JSONWriter {
    /// Appends a value in plain JSON, not DynamoDB's: members in the order of their names, sets as arrays, bytes in
    /// base64.
    fileprivate mutating func json(_ value: AttributeValue) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let bool): bytes.append(contentsOf: (bool ? "true" : "false").utf8)
        case .number(let number): bytes.append(contentsOf: number.description.utf8)
        case .string(let text): string(text)
        case .binary(let data): string(Data(data).base64EncodedString())
        case .list(let elements): array(elements)
        case .stringSet(let texts): array(texts.sorted().map { .string($0) })
        case .numberSet(let numbers): array(numbers.sorted().map { .number($0) })
        case .binarySet(let values): array(values.map { .binary($0) })
        case .map(let members):
            separated(members.sorted(), "{", "}") { writer, member in
                writer.string(member.key)
                writer.bytes.append(UInt8(ascii: ":"))
                writer.json(member.value)
            }
        }
    }

    private mutating func array(_ elements: [AttributeValue]) {
        separated(elements, "[", "]") { $0.json($1) }
    }

    private mutating func separated<Element>(
        _ elements: [Element], _ open: Unicode.Scalar, _ close: Unicode.Scalar,
        _ write: (inout JSONWriter, Element) -> Void
    ) {
        bytes.append(UInt8(ascii: open))
        for (position, element) in elements.enumerated() {
            if position > 0 { bytes.append(UInt8(ascii: ",")) }
            write(&self, element)
        }
        bytes.append(UInt8(ascii: close))
    }
}
