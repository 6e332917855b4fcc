import DynamoDB

/// What may be sent, checked before anything is.
enum MessageLimits {
    /// Bytes of an identifier; the specification's `connection_id` is a VARCHAR(255).
    static let identifierBytes = 255

    /// Refuses what no connection is called.
    static func check(connection: String) throws(MessageError) {
        guard (1...identifierBytes).contains(connection.utf8.count) else {
            throw MessageError(
                .invalidConnection,
                "a connection's identifier has 1 to \(identifierBytes) bytes, not "
                    + "\(connection.utf8.count)")
        }
    }

    /// Refuses a message that DynamoDB would refuse.
    static func check(_ draft: MessageDraft, to connection: String) throws(MessageError) {
        if let id = draft.id, !(1...identifierBytes).contains(id.utf8.count) {
            throw MessageError(
                .invalidIdentifier,
                "a message's identifier has 1 to \(identifierBytes) bytes, not \(id.utf8.count)")
        }
        guard ItemLimits.allowNesting(of: draft.payload) else {
            throw MessageError(.tooDeep, "a payload nests deeper than \(ItemLimits.depth) levels")
        }
        let size = largestItem(draft, connection).sizeInBytes
        guard size <= ItemLimits.bytes else {
            throw MessageError(
                .tooLarge, "a message takes \(size) bytes as an item; DynamoDB holds at most \(ItemLimits.bytes)")
        }
    }

    /// The item with the longest numbers: which it will get is not known yet.
    private static func largestItem(_ draft: MessageDraft, _ connection: String) -> Item {
        let number = 999_999_999_999_999
        return Message(
            cursor: MessageCursor(epoch: ULID(bits: 0), number: number), previous: number, connectionID: connection,
            type: draft.type, payload: draft.payload, isDelivered: false,
            expiresAt: Timestamp(seconds: 9_999_999_999)
        ).item
    }
}
