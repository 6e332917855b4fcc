import DynamoDB

extension Message {
    /// The item of a message that is not acknowledged.
    var item: Item {
        MessageKeys.message(cursor.number, of: connectionID).merging([
            "GSI1PK": .string(MessageKeys.queue(connectionID)),
            "GSI1SK": .string(MessageKeys.undelivered(cursor.number)),
            "connection_id": .string(connectionID),
            "message_type": .string(type.rawValue),
            "payload": .map(payload),
            "delivered": false,
            "ttl": .number(DecimalNumber(expiresAt.seconds)),
            "epoch": .string(cursor.epoch.description),
            "previous": .number(DecimalNumber(previous)),
        ]) { key, _ in key }
    }

    /// The item of a message, acknowledged: out of the index of what is not.
    static func acknowledged(_ item: Item) -> Item {
        var item = item
        item["delivered"] = true
        item["GSI1PK"] = nil
        item["GSI1SK"] = nil
        return item
    }

    /// Reads an item.
    init(item: Item) throws(MessageError) {
        func unreadable(_ what: String) -> MessageError {
            MessageError(
                .unreadableItem,
                "an item of MiyabiWebSocketMessages is no message: \(what) (PK \(item["PK"]?.string ?? "none"), "
                    + "SK \(item["SK"]?.number?.description ?? "none"))")
        }
        guard let number = item["SK"]?.int, let epoch = item["epoch"]?.string.flatMap({ ULID($0) }),
            let previous = item["previous"]?.int
        else { throw unreadable("SK, epoch or previous is missing") }
        guard let connection = item["connection_id"]?.string else { throw unreadable("connection_id is missing") }
        guard let type = item["message_type"]?.string.flatMap(MessageType.init(rawValue:)) else {
            throw unreadable("message_type is none that this version knows")
        }
        guard let payload = item["payload"]?.map else { throw unreadable("payload is no map") }
        guard let delivered = item["delivered"]?.bool else { throw unreadable("delivered is no Boolean") }
        guard let expiry = item.expiry else { throw unreadable("ttl is missing") }
        self.init(
            cursor: MessageCursor(epoch: epoch, number: number), previous: previous, connectionID: connection,
            type: type, payload: payload, isDelivered: delivered, expiresAt: expiry)
    }
}
