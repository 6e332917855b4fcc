/// What one statement of a BatchExecuteStatement did.
public struct BatchStatementResponse: Sendable, Hashable, JSONObject {
    /// Why the statement failed; nil if it did not.
    public var error: BatchStatementError?
    /// The table's name.
    public var tableName: String?
    /// The item that was read, or that a RETURNING clause asks for.
    public var item: Item?

    /// Makes a value of its members.
    public init(
        error: BatchStatementError? = nil,
        tableName: String? = nil,
        item: Item? = nil
    ) {
        self.error = error
        self.tableName = tableName
        self.item = item
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Error", &error)
        try members.optional("TableName", &tableName)
        try members.optional("Item", &item)
    }
}

/// Why one statement of a BatchExecuteStatement failed.
public struct BatchStatementError: Sendable, Hashable, JSONObject {
    /// What went wrong.
    public var code: BatchStatementErrorCode?
    /// The same in a sentence.
    public var message: String?
    /// The item that failed the condition, when asked for.
    public var item: Item?

    /// Makes a value of its members.
    public init(
        code: BatchStatementErrorCode? = nil,
        message: String? = nil,
        item: Item? = nil
    ) {
        self.code = code
        self.message = message
        self.item = item
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Code", &code)
        try members.optional("Message", &message)
        try members.optional("Item", &item)
    }
}
