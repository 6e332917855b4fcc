/// Reads the items of one partition key, in order of the sort key.
///
/// Source: AWS, "Query" in the Amazon DynamoDB API reference.
public struct QueryInput: Sendable, Hashable, JSONObject {
    /// The table's name, or its ARN.
    public var tableName: String
    /// The index's name.
    public var indexName: String?
    /// Whether to return attributes or only the count.
    public var select: Select?
    /// The most items to read (before filtering), from 1.
    public var limit: Int?
    /// True for a strongly consistent read; nil and false for an eventually consistent one.
    public var consistentRead: Bool?
    /// False for descending order of sort keys; nil and true for ascending.
    public var scanIndexForward: Bool?
    /// The last page's ``lastEvaluatedKey``, to go on after it.
    public var exclusiveStartKey: Item?
    /// Whether to report the capacity used.
    public var returnConsumedCapacity: ReturnConsumedCapacity?
    /// The attributes to return, comma-separated; nil for all.
    public var projectionExpression: String?
    /// What is dropped after reading and before returning.
    public var filterExpression: String?
    /// An equality on the partition key and, optionally, one condition on the sort key.
    public var keyConditionExpression: String?
    /// What the `#name` placeholders in the expressions stand for.
    public var expressionAttributeNames: [String: String]?
    /// What the `:value` placeholders in the expressions stand for.
    public var expressionAttributeValues: [String: AttributeValue]?
    /// Legacy form of ``projectionExpression``.
    public var attributesToGet: [String]?
    /// Legacy form of ``keyConditionExpression``.
    public var keyConditions: AttributeMap<Condition>?
    /// Legacy form of ``filterExpression``.
    public var queryFilter: AttributeMap<Condition>?
    /// Legacy: how the conditions combine.
    public var conditionalOperator: ConditionalOperator?

    private init() { self = .unread }
}

/// What Query returns.
public struct QueryOutput: Sendable, Hashable, JSONObject {
    /// The items found; nil for `Select: COUNT`.
    public var items: [Item]?
    /// How many items passed the filter.
    public var count: Int = 0
    /// How many items were read before the filter.
    public var scannedCount: Int = 0
    /// Where this page ended; nil when there is nothing more.
    public var lastEvaluatedKey: Item?
    /// The capacity used, when asked for.
    public var consumedCapacity: ConsumedCapacity?

    private init() { self = .unread }
}
