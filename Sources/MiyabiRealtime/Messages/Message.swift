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

/// What a message tells a connection (specification, section 3.4).
public enum MessageType: String, Sendable, Hashable, CaseIterable {
    /// An agent's execution has moved on.
    case executionUpdate = "execution_update"
    /// Something for the user to read.
    case notification
    /// Keeps the connection alive.
    case ping

    /// The type of this name.
    ///
    /// - Throws: ``MessageError`` with the code ``MessageError/Code/unknownType``, naming the types that exist.
    public init(named name: String) throws(MessageError) {
        guard let type = MessageType(rawValue: name) else {
            let known = MessageType.allCases.map(\.rawValue).joined(separator: ", ")
            throw MessageError(.unknownType, "\(name.debugDescription) is not a message type; the types are \(known)")
        }
        self = type
    }
}

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
                "an item of MiyabiWebSocketMessages is not a message: \(what) (PK \(item["PK"]?.string ?? "none"), "
                    + "SK \(item["SK"]?.number?.description ?? "none"))")
        }
        guard let number = item["SK"]?.int, let epoch = item["epoch"]?.string.flatMap({ ULID($0) }),
            let previous = item["previous"]?.int
        else { throw unreadable("SK, epoch or previous is missing") }
        guard let connection = item["connection_id"]?.string else { throw unreadable("connection_id is missing") }
        guard let type = item["message_type"]?.string.flatMap(MessageType.init(rawValue:)) else {
            throw unreadable("this version does not know its message_type")
        }
        guard let payload = item["payload"]?.map else { throw unreadable("payload is not a map") }
        guard let delivered = item["delivered"]?.bool else { throw unreadable("delivered is not a Boolean") }
        guard let expiry = item.expiry else { throw unreadable("ttl is missing") }
        self.init(
            cursor: MessageCursor(epoch: epoch, number: number), previous: previous, connectionID: connection,
            type: type, payload: payload, isDelivered: delivered, expiresAt: expiry)
    }
}

/// The keys of a connection's items.
enum MessageKeys {
    /// The partition of a connection's messages, in the table and in the index.
    static func queue(_ connection: String) -> String { "CONNECTION#\(connection)" }

    /// The key of one message.
    static func message(_ number: Int, of connection: String) -> Item {
        ["PK": .string(queue(connection)), "SK": .number(DecimalNumber(number))]
    }

    /// The key of the item that orders a connection's messages.
    static func head(_ connection: String) -> Item {
        ["PK": .string("HEAD#\(connection)"), "SK": 0]
    }

    /// The key of the item that remembers that a message of some name was sent.
    static func sent(_ id: String, to connection: String) -> Item {
        // Without the length, `a` + `b#c` and `a#b` + `c` would be one key.
        ["PK": .string("SENT#\(connection.utf8.count)#\(connection)#\(id)"), "SK": 0]
    }

    /// The index's sort key of a message that is not acknowledged. The table's holds its numbers in order by itself;
    /// as text they need a fixed width.
    static func undelivered(_ number: Int) -> String { "false#\(number.padded(15))" }
}

/// Why a message could not be sent, read or acknowledged. Nothing has changed then.
public struct MessageError: Error, Sendable, CustomStringConvertible {
    /// The kind of error; more may come.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the kind.
        public let description: String

        /// The message's type is none of ``MessageType``.
        public static let unknownType = Code(description: "unknownType")
        /// The item would exceed 400 KB, DynamoDB's limit.
        public static let tooLarge = Code(description: "tooLarge")
        /// The payload nests deeper than 32 levels, DynamoDB's limit.
        public static let tooDeep = Code(description: "tooDeep")
        /// The connection's identifier is empty or longer than 255 bytes.
        public static let invalidConnection = Code(description: "invalidConnection")
        /// The message's own identifier is empty or longer than 255 bytes.
        public static let invalidIdentifier = Code(description: "invalidIdentifier")
        /// The cursor is of another life of the connection, or beyond its last message.
        public static let invalidCursor = Code(description: "invalidCursor")
        /// An item in the table is not a message as this version writes it.
        public static let unreadableItem = Code(description: "unreadableItem")
    }

    /// The kind of error.
    public let code: Code
    /// What happened, in words; without the message's payload.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
