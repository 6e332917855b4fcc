/// Reads an item by its key.
///
/// Source: AWS, "GetItem" in the Amazon DynamoDB API reference.
public struct GetItemInput: Sendable, Hashable, JSONObject {
    /// The table's name, or its ARN.
    public var tableName: String
    /// The primary key: one value for each attribute of the table's key schema.
    public var key: Item
    /// True for a strongly consistent read; nil and false for an eventually consistent one.
    public var consistentRead: Bool?
    /// Whether to report the capacity used.
    public var returnConsumedCapacity: ReturnConsumedCapacity?
    /// The attributes to return, comma-separated; nil for all.
    public var projectionExpression: String?
    /// What the `#name` placeholders in the expressions stand for.
    public var expressionAttributeNames: [String: String]?
    /// Legacy form of ``projectionExpression``.
    public var attributesToGet: [String]?

    private init() { self = .unread }
}

/// What GetItem returns.
public struct GetItemOutput: Sendable, Hashable, JSONObject {
    /// The item found; nil when there is none.
    public var item: Item?
    /// The capacity used, when asked for.
    public var consumedCapacity: ConsumedCapacity?

    private init() { self = .unread }
}
