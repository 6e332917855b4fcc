/// Reads a table or an index from end to end.
///
/// Source: AWS, "Scan" in the Amazon DynamoDB API reference.
public struct ScanInput: Sendable, Hashable, JSONObject {
    /// The table's name, or its ARN.
    public var tableName: String
    /// The index's name.
    public var indexName: String?
    /// The most items to read (before filtering), from 1.
    public var limit: Int?
    /// Whether to return attributes or only the count.
    public var select: Select?
    /// The last page's ``lastEvaluatedKey``, to go on after it.
    public var exclusiveStartKey: Item?
    /// Whether to report the capacity used.
    public var returnConsumedCapacity: ReturnConsumedCapacity?
    /// How many parallel workers share the scan: 1 to 1,000,000.
    public var totalSegments: Int?
    /// This worker's number: 0 to one less than ``totalSegments``.
    public var segment: Int?
    /// The attributes to return, comma-separated; nil for all.
    public var projectionExpression: String?
    /// What is dropped after reading and before returning.
    public var filterExpression: String?
    /// What the `#name` placeholders in the expressions stand for.
    public var expressionAttributeNames: [String: String]?
    /// What the `:value` placeholders in the expressions stand for.
    public var expressionAttributeValues: [String: AttributeValue]?
    /// True for a strongly consistent read; nil and false for an eventually consistent one.
    public var consistentRead: Bool?
    /// Legacy form of ``projectionExpression``.
    public var attributesToGet: [String]?
    /// Legacy form of ``filterExpression``.
    public var scanFilter: AttributeMap<Condition>?
    /// Legacy: how the conditions combine.
    public var conditionalOperator: ConditionalOperator?

    private init() { self = .unread }
}

/// What Scan returns.
public struct ScanOutput: Sendable, Hashable, JSONObject {
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
