/// Why a lease could not be had.
public struct LeaseError: Error, Sendable, CustomStringConvertible {
    /// The kind of error; more may come.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the kind.
        public let description: String

        /// A name is empty or longer than 1,024 bytes of UTF-8.
        public static let invalidName = Code(description: "invalidName")
        /// An owner is empty or longer than 255 bytes of UTF-8.
        public static let invalidOwner = Code(description: "invalidOwner")
        /// A lease would last less than 10 milliseconds or more than a day.
        public static let invalidDuration = Code(description: "invalidDuration")
        /// Another holds the lease, and did for as long as the caller would wait.
        public static let held = Code(description: "held")
        /// An item in the table is not a lease as this version writes it.
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
