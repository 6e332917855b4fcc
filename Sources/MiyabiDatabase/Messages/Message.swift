public import DynamoDB

/// A message in the queue of a web-socket connection, as MiyabiWebSocketMessages holds it for 24 hours.
///
/// Keys (DESIGN.md, fault 15):
/// ```
/// PK      CONNECTION#c-17   SK      1764412200000
/// GSI1PK  CONNECTION#c-17   GSI1SK  false#001764412200000      only until it is acknowledged
/// ```
public struct Message: Sendable, Hashable {
    /// How long a message is kept, counted from when it is sent.
    public static let retention = Duration.seconds(86_400)

    /// Its place in the queue.
    public let cursor: MessageCursor
    /// The number of the message before it in the queue, so that a reader sees when one is missing.
    let previous: Int
    /// The connection it is for.
    public let connectionID: String
    /// What it tells.
    public let type: MessageType
    /// What it says.
    public let payload: Item
    /// Whether it has been acknowledged.
    public let isDelivered: Bool
    /// When it is dropped, to the second.
    public let expiresAt: Timestamp
}
