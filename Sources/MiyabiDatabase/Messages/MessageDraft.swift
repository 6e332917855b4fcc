public import DynamoDB

/// A message to be sent.
public struct MessageDraft: Sendable, Hashable {
    /// What it tells.
    public var type: MessageType
    /// What it says; the item's `payload`.
    public var payload: Item
    /// Its producer's name for it, 1 to 255 bytes: sent to a connection again under the same name within 24 hours, it
    /// is not queued again. Costs one more small item; nil for messages that nobody sends twice.
    public var id: String?

    /// A message.
    public init(_ type: MessageType, payload: Item = [:], id: String? = nil) {
        self.type = type
        self.payload = payload
        self.id = id
    }
}
