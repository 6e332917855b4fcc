import DynamoDB

/// One transaction that appends messages to a connection's queue.
///
/// Why a reader that follows a cursor misses nothing: a transaction moves the head from the number at which it found it
/// to its own last one, and only if the head is still there. So the transactions of a connection have an order, the
/// numbers of each lie above those of all before it, and they become visible together with the head, before the next
/// can begin. A counter that is taken first and used later would leave gaps that fill behind a reader's back.
///
/// Where reads are not isolated from transactions (on AWS a query may see half of one), each message still names the
/// one before it, and a reader sees that it has to look again.
struct MessageAppend: Sendable {
    private let stored: ConnectionHead?
    private let drafts: [MessageDraft]
    private let now: Timestamp
    /// The messages, with their numbers.
    let messages: [Message]
    /// The head after the transaction.
    let head: ConnectionHead

    /// - Parameters:
    ///   - drafts: What to send: at least one, as many as ``MessageBatches`` puts together.
    ///   - life: The head to go on from.
    ///   - stored: The head as it is in the table.
    init(_ drafts: [MessageDraft], to life: ConnectionHead, replacing stored: ConnectionHead?, at now: Timestamp) {
        var head = life
        var messages: [Message] = []
        for draft in drafts {
            let number = max(head.last + 1, Int(now.milliseconds))
            messages.append(
                Message(
                    cursor: MessageCursor(epoch: head.epoch, number: number), previous: head.last,
                    connectionID: head.connection, type: draft.type, payload: draft.payload, isDelivered: false,
                    expiresAt: now + Message.retention))
            head.last = number
        }
        head.expiresAt = now + ConnectionHead.retention
        self.drafts = drafts
        self.stored = stored
        self.now = now
        self.messages = messages
        self.head = head
    }

    /// The request: the head, the messages, then the names of those that have one.
    func input(table: String) -> TransactWriteItemsInput {
        let puts = messages.map { Put(tableName: table, item: $0.item).when(.absent("PK")) }
        let names = named.map { index, id in
            var put = Put(tableName: table, item: sent(id, messages[index])).when(
                .absent("PK") || .attribute("ttl") <= now.seconds)
            put.returnValuesOnConditionCheckFailure = .allOld
            return put
        }
        return TransactWriteItemsInput(
            transactItems: [.update(head.write(replacing: stored, in: table))] + (puts + names).map { .put($0) })
    }

    /// Which of the messages had been sent before, and their places then, from the reasons of a cancelled transaction.
    func sentBefore(_ reasons: [CancellationReason]) -> [Int: MessageCursor] {
        zip(named, reasons.dropFirst(1 + messages.count)).reduce(into: [:]) { places, named in
            guard let item = named.1.item, let number = item["number"]?.int,
                let epoch = item["epoch"]?.string.flatMap({ ULID($0) })
            else { return }
            places[named.0.index] = MessageCursor(epoch: epoch, number: number)
        }
    }

    private var named: [(index: Int, id: String)] {
        drafts.enumerated().compactMap { index, draft in draft.id.map { (index, $0) } }
    }

    private func sent(_ id: String, _ message: Message) -> Item {
        MessageKeys.sent(id, to: message.connectionID).merging([
            "connection_id": .string(message.connectionID),
            "epoch": .string(message.cursor.epoch.description),
            "number": .number(DecimalNumber(message.cursor.number)),
            "ttl": .number(DecimalNumber(message.expiresAt.seconds)),
        ]) { key, _ in key }
    }
}

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
        else {
            throw MessageError(.unreadableItem, "the item \(item["PK"]?.string ?? "") is not the head of a connection")
        }
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
