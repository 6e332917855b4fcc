/// Why migrations could not be read, checked or run.
public struct MigrationError: Error, Sendable {
    /// What kind of fault it is.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code's name.
        public let description: String

        /// The files are unreadable, misnamed, or do not pair.
        public static let invalidSource = Code(description: "invalidSource")
        /// What the database says was applied does not fit the files.
        public static let invalidHistory = Code(description: "invalidHistory")
        /// The target version is unknown, or lies in the other direction.
        public static let invalidTarget = Code(description: "invalidTarget")
        /// A migration to be reverted has no down file.
        public static let irreversible = Code(description: "irreversible")
        /// A script leaves a quote or comment open, contains a command of psql, or a statement that a migration may not contain.
        public static let unusableScript = Code(description: "unusableScript")
        /// A script is as `miyabi migrate add` made it: nobody has written its statements yet.
        public static let unwritten = Code(description: "unwritten")
        /// Another session held the migration lock for the whole time-out.
        public static let locked = Code(description: "locked")
        /// A pooler changes the server's session under the migrator.
        public static let pooled = Code(description: "pooled")
        /// The server refused a statement.
        public static let scriptFailed = Code(description: "scriptFailed")
        /// Every statement succeeded, and an index is invalid all the same.
        public static let invalidIndex = Code(description: "invalidIndex")
        /// The task was cancelled during a script outside a transaction.
        public static let interrupted = Code(description: "interrupted")
        /// The files of a new migration could not be written.
        public static let cannotCreate = Code(description: "cannotCreate")
    }

    /// What kind of fault it is.
    public let code: Code
    /// What happened and what to do, without the place. May have several lines.
    public let message: String
    /// Where in a script, if it is there.
    public let excerpt: SourceExcerpt?
    /// The server's five-character SQLSTATE, if the server raised the error.
    public let sqlState: String?

    init(_ code: Code, _ message: String, excerpt: SourceExcerpt? = nil, sqlState: String? = nil) {
        self.code = code
        self.message = message
        self.excerpt = excerpt
        self.sqlState = sqlState
    }
}

extension MigrationError: CustomStringConvertible {
    /// The first line of the message, the place in the script, and the rest of the message.
    public var description: String {
        guard let excerpt else { return message }
        let lines = message.split(separator: "\n", maxSplits: 1)
        return ([String(lines.first ?? ""), excerpt.description] + lines.dropFirst().map(String.init))
            .joined(separator: "\n")
    }
}
