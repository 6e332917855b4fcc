/// Runs up to 100 PartiQL statements, all or none: all reads or all writes.
///
/// Source: AWS, "ExecuteTransaction" in the Amazon DynamoDB API reference.
public struct ExecuteTransactionInput: Sendable, Hashable, JSONObject {
    /// The statements, each on another item.
    public var transactStatements: [ParameterizedStatement]
    /// Makes the call idempotent for ten minutes; 1 to 36 characters.
    public var clientRequestToken: String?
    /// Whether to report the capacity used.
    public var returnConsumedCapacity: ReturnConsumedCapacity?

    private init() { self = .unread }
}

/// What ExecuteTransaction returns.
public struct ExecuteTransactionOutput: Sendable, Hashable, JSONObject {
    /// One for each statement, in order.
    public var responses: [ItemResponse]?
    /// The capacity used, when asked for.
    public var consumedCapacity: [ConsumedCapacity]?

    private init() { self = .unread }
}
