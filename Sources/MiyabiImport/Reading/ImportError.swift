/// Why an import could not go on.
public struct ImportError: Error, Sendable, CustomStringConvertible {
    /// The kind of error; more may come.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the kind.
        public let description: String

        /// The file cannot be opened or read.
        public static let unreadable = Code(description: "unreadable")
        /// The file is gzip and damaged, or ends too early.
        public static let damagedGzip = Code(description: "damagedGzip")
        /// A line is no record, and the import is strict.
        public static let badLine = Code(description: "badLine")
        /// The importing user is not a row of web_users, or several are.
        public static let unknownUser = Code(description: "unknownUser")
    }

    /// The kind of error.
    public let code: Code
    /// What happened, in words.
    public let message: String

    /// An error in words.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}

/// A line that is no record: where it is and why.
public struct BadLine: Sendable, Hashable, CustomStringConvertible {
    /// The file's name, or `<stdin>`.
    public let file: String
    /// The line's number, from 1.
    public let number: Int
    /// What is wrong with it.
    public let reason: String

    /// `file:number: reason`, as compilers and editors have it.
    public var description: String { "\(file):\(number): \(reason)" }
}
