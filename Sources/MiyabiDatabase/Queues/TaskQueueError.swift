/// Why a queue could not take or find a task. Nothing was changed.
public struct TaskQueueError: Error, Sendable, CustomStringConvertible {
    /// The kind of error; more may come.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the kind.
        public let description: String

        /// The queue's name is empty or longer than 1,024 bytes of UTF-8.
        public static let invalidName = Code(description: "invalidName")
        /// A task's identifier is empty or longer than 512 bytes of UTF-8.
        public static let invalidTaskID = Code(description: "invalidTaskID")
        /// The item would exceed 400 KB, DynamoDB's limit.
        public static let tooLarge = Code(description: "tooLarge")
        /// The payload nests deeper than 32 levels, DynamoDB's limit.
        public static let tooDeep = Code(description: "tooDeep")
        /// An item in the table is not a task as this version writes it.
        public static let unreadableItem = Code(description: "unreadableItem")
    }

    /// The kind of error.
    public let code: Code
    /// What happened, in words; without the payload.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
