/// Why an agent's state could not be written or read. Nothing was changed.
public struct AgentStateError: Error, Sendable, CustomStringConvertible {
    /// The kind of error; more may come.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the kind.
        public let description: String

        /// The agent's identifier is empty or longer than 1,024 bytes of UTF-8.
        public static let invalidAgentID = Code(description: "invalidAgentID")
        /// Progress below 0 or above 100.
        public static let progressOutOfRange = Code(description: "progressOutOfRange")
        /// The item would exceed 400 KB, DynamoDB's limit.
        public static let tooLarge = Code(description: "tooLarge")
        /// The data nest deeper than 32 levels, DynamoDB's limit.
        public static let tooDeep = Code(description: "tooDeep")
        /// There is no such agent.
        public static let unknownAgent = Code(description: "unknownAgent")
        /// The agent has ended: nothing comes after that.
        public static let illegalTransition = Code(description: "illegalTransition")
        /// An item in the table is not a state as this version writes it.
        public static let unreadableItem = Code(description: "unreadableItem")
    }

    /// The kind of error.
    public let code: Code
    /// What happened, in words; without the agent's data.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
