/// Why a stream could not be subscribed to.
public struct SubscriptionError: Error, Sendable, CustomStringConvertible {
    /// The kind of error; more may come.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the kind.
        public let description: String

        /// A name is empty or longer than 255 bytes.
        public static let invalidName = Code(description: "invalidName")
        /// The table has no stream.
        public static let noStream = Code(description: "noStream")
        /// An item in the table is not one of a subscription as this version writes it.
        public static let unreadableItem = Code(description: "unreadableItem")
    }

    /// The kind of error.
    public let code: Code
    /// What happened, in words.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
