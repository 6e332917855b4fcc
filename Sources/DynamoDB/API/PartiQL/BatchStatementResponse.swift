/// What one statement of a BatchExecuteStatement did.
public struct BatchStatementResponse: Sendable, Hashable, JSONObject {
    /// Why the statement failed; nil if it did not.
    public var error: BatchStatementError?
    /// The table's name.
    public var tableName: String?
    /// The item that was read, or that a RETURNING clause asks for.
    public var item: Item?

    private init() { self = .unread }
}

/// Why one statement of a BatchExecuteStatement failed.
public struct BatchStatementError: Sendable, Hashable, JSONObject {
    /// What went wrong.
    public var code: BatchStatementErrorCode?
    /// The same in a sentence.
    public var message: String?
    /// The item that failed the condition, when asked for.
    public var item: Item?

    private init() { self = .unread }
}
