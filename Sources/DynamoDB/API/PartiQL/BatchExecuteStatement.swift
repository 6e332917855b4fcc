/// Runs up to 25 PartiQL statements, each on its own: all reads or all writes.
///
/// Source: AWS, "BatchExecuteStatement" in the Amazon DynamoDB API reference.
public struct BatchExecuteStatementInput: Sendable, Hashable, JSONObject {
    /// The statements; reads name one item each.
    public var statements: [BatchStatementRequest]
    /// Whether to report the capacity used.
    public var returnConsumedCapacity: ReturnConsumedCapacity?

    private init() { self = .unread }
}

/// What BatchExecuteStatement returns.
public struct BatchExecuteStatementOutput: Sendable, Hashable, JSONObject {
    /// One for each statement, in order.
    public var responses: [BatchStatementResponse]?
    /// The capacity used, when asked for.
    public var consumedCapacity: [ConsumedCapacity]?

    private init() { self = .unread }
}
