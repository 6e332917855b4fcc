/// Why an event could not be recorded or read.
public struct EventError: Error, Sendable, CustomStringConvertible {
    /// The kind of error; more may come.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the kind.
        public let description: String

        /// The event's type is none of ``EventType``.
        public static let unknownType = Code(description: "unknownType")
        /// The item would exceed 400 KB, DynamoDB's limit.
        public static let tooLarge = Code(description: "tooLarge")
        /// The data nest deeper than 32 levels, DynamoDB's limit.
        public static let tooDeep = Code(description: "tooDeep")
        /// An entity's kind or identifier is empty, too long or holds `#`.
        public static let invalidEntity = Code(description: "invalidEntity")
        /// The time is before 1970 or after the year 10889: no ULID holds it.
        public static let timeOutOfRange = Code(description: "timeOutOfRange")
        /// The cursor is damaged, or of another query.
        public static let invalidCursor = Code(description: "invalidCursor")
        /// An item in the table is not an event as this version writes it.
        public static let unreadableItem = Code(description: "unreadableItem")
    }

    /// The kind of error.
    public let code: Code
    /// What happened, in words; without the event's data.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
