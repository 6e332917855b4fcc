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
