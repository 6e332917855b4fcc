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

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}

/// What can be asked of a lease, whatever it is on.
package enum LeaseLimits {
    /// How long a lease may last after each heartbeat.
    package static let durations = Duration.milliseconds(10)...Duration.seconds(86_400)

    /// - Throws: ``LeaseError`` when one is out of range.
    package static func check(owner: String, duration: Duration) throws(LeaseError) {
        guard (1...255).contains(owner.utf8.count) else {
            throw LeaseError(.invalidOwner, "an owner's name must have 1 to 255 bytes, not \(owner.utf8.count)")
        }
        guard durations.contains(duration) else {
            throw LeaseError(.invalidDuration, "a lease must last from 10 milliseconds to a day, not \(duration)")
        }
    }
}
