public import DynamoDB

/// A change that its handler could not take: out of the way of those after it, kept until somebody deals with it.
public struct ParkedChange: Sendable, Hashable {
    /// The shard it came from.
    public let shard: String
    /// Its place in the shard.
    public let sequenceNumber: String
    /// The change; without the item's images when those together exceed what an item holds.
    public let change: StreamEvent
    /// What the handler threw the last time, up to 1,000 characters.
    public let error: String
    /// How often it was handed over.
    public let attempts: Int
    /// When it was given up.
    public let parkedAt: Timestamp

    /// Bytes of a change that leave room for the rest of the item.
    private static let changeBytes = 390_000

    static func key(_ shard: String, _ number: String, in partition: String) -> Item {
        ["PK": .string(partition), "SK": .string("PARKED#\(shard)#\(number)")]
    }

    /// The item, with the change in AWS's own JSON: as a map, deep data would nest too deep.
    func item(in partition: String) -> Item {
        var change = change
        if change.jsonDocument.count > ParkedChange.changeBytes {
            change.dynamodb?.newImage = nil
            change.dynamodb?.oldImage = nil
        }
        return ParkedChange.key(shard, sequenceNumber, in: partition).merging([
            "shard": .string(shard),
            "sequence_number": .string(sequenceNumber),
            "record": .string(String(decoding: change.jsonDocument, as: UTF8.self)),
            "error": .string(String(error.prefix(1000))),
            "attempts": .number(DecimalNumber(attempts)),
            "parked_at": .number(DecimalNumber(parkedAt.milliseconds)),
        ]) { key, _ in key }
    }
}

extension ParkedChange {
    /// Reads an item.
    init(item: Item) throws {
        guard let shard = item["shard"]?.string, let number = item["sequence_number"]?.string,
            let record = item["record"]?.string, let error = item["error"]?.string,
            let attempts = item["attempts"]?.int, let parkedAt = item["parked_at"]?.int
        else {
            throw SubscriptionError(
                .unreadableItem, "the item \(item["SK"]?.string ?? "") is no parked change of a subscription")
        }
        self.init(
            shard: shard, sequenceNumber: number, change: try StreamEvent(jsonDocument: Array(record.utf8)),
            error: error, attempts: attempts, parkedAt: Timestamp(milliseconds: Int64(parkedAt)))
    }
}
