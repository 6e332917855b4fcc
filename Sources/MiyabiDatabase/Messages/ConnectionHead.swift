import DynamoDB

/// The item that orders a connection's messages: `HEAD#{connection_id}`, 0.
///
/// It outlives the last message by far, so that a client which comes back learns whether it has missed any. Once it has
/// expired, the next message begins another life of the queue, with an epoch of its own.
struct ConnectionHead: Sendable, Hashable {
    /// How long it is kept after the last message was sent.
    static let retention = Duration.seconds(30 * 86_400)

    let connection: String
    /// Names this life of the queue.
    let epoch: ULID
    /// The number of the last message; before the first, where this life begins.
    var last: Int
    /// Every message of this life up to this number is acknowledged.
    let acknowledged: Int
    var expiresAt: Timestamp

    /// Reads an item.
    init(item: Item) throws(MessageError) {
        guard let connection = item["connection_id"]?.string, let epoch = item["epoch"]?.string.flatMap({ ULID($0) }),
            let last = item["last"]?.int, let acknowledged = item["acknowledged"]?.int, let expiry = item.expiry
        else { throw MessageError(.unreadableItem, "the item \(item["PK"]?.string ?? "") is no head of a connection") }
        self.init(
            connection: connection, epoch: epoch, last: last, acknowledged: acknowledged, expiresAt: expiry)
    }

    /// A life that begins after a number.
    init(connection: String, after start: Int, expiresAt: Timestamp) {
        self.init(
            connection: connection, epoch: ULIDGenerator.shared.next(), last: start, acknowledged: start,
            expiresAt: expiresAt)
    }

    private init(connection: String, epoch: ULID, last: Int, acknowledged: Int, expiresAt: Timestamp) {
        self.connection = connection
        self.epoch = epoch
        self.last = last
        self.acknowledged = acknowledged
        self.expiresAt = expiresAt
    }

    /// Writes it, provided that messages are where they were when `stored` was read. What is acknowledged in the
    /// meantime stays so.
    func write(replacing stored: ConnectionHead?, in table: String) -> Update {
        let continues = stored?.epoch == epoch
        return Update(
            tableName: table, key: MessageKeys.head(connection),
            .set("connection_id", to: connection),
            .set("epoch", to: epoch.description),
            .set("last", to: last),
            .set("acknowledged", to: continues ? .attribute("acknowledged") : .value(acknowledged.attributeValue)),
            .set("ttl", to: expiresAt.seconds)
        ).when(stored.map(\.isUnmoved) ?? .absent("PK"))
    }

    private var isUnmoved: ConditionExpression {
        .attribute("epoch") == epoch.description && .attribute("last") == last
    }
}
