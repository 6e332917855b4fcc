/// Runs one PartiQL statement.
///
/// Source: AWS, "ExecuteStatement" in the Amazon DynamoDB API reference.
public struct ExecuteStatementInput: Sendable, Hashable, JSONObject {
    /// The PartiQL statement; up to 8,192 characters.
    public var statement: String
    /// The values of the statement's question marks, in order; not empty.
    public var parameters: [AttributeValue]?
    /// Whether a read sees every write that was acknowledged before it.
    public var consistentRead: Bool?
    /// Where to go on: the `nextToken` of the page before, of the same statement.
    public var nextToken: String?
    /// Whether to report the capacity used.
    public var returnConsumedCapacity: ReturnConsumedCapacity?
    /// How many items to read at most, before filtering; at least 1.
    public var limit: Int?
    /// Whether a failed condition's error carries the item.
    public var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure?

    private init() { self = .unread }
}

/// What ExecuteStatement returns.
public struct ExecuteStatementOutput: Sendable, Hashable, JSONObject {
    /// What a read found, or what a write's RETURNING clause asks for.
    public var items: [Item]?
    /// Where to go on; nil when there is no more.
    public var nextToken: String?
    /// The capacity used, when asked for.
    public var consumedCapacity: ConsumedCapacity?
    /// The key of the last item read; nil when there is no more.
    public var lastEvaluatedKey: Item?

    private init() { self = .unread }
}
