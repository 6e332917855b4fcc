import DynamoDB
import Foundation

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
                "an item of MiyabiEvents is no event: \(what) (PK \(item["PK"]?.string ?? "none"), "
                    + "SK \(item["SK"]?.string ?? "none"))")
        }
        func uuid(_ name: String) throws(EventError) -> UUID? {
            guard let text = item[name]?.string else { return nil }
            guard let uuid = UUID(uuidString: text) else { throw unreadable("\(name) is no UUID") }
            return uuid
        }
        let parts = (item["SK"]?.string ?? "").split(separator: "#", omittingEmptySubsequences: false)
        guard let id = parts.first.flatMap({ ULID($0) }) else {
            throw unreadable("the sort key does not begin with a ULID")
        }
        guard let type = item["event_type"]?.string.flatMap(EventType.init(rawValue:)) else {
            throw unreadable("event_type is none that this version knows")
        }
        guard [1, 3, 5].contains(parts.count) else {
            throw unreadable("the sort key has \(parts.count) parts")
        }
        guard let data = item["data"]?.map else { throw unreadable("data is no map") }
        self.init(
            id: id, type: type, userID: try uuid("user_id"), repositoryID: try uuid("repository_id"),
            entity: parts.count >= 3 ? try EntityReference(kind: String(parts[1]), id: String(parts[2])) : nil,
            subEntity: parts.count == 5 ? try EntityReference(kind: String(parts[3]), id: String(parts[4])) : nil,
            agentType: item["agent_type"]?.string, data: data, expiresAt: item.expiry)
    }
}
