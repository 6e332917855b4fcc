/// Deletes an item by its key.
///
/// Source: AWS, "DeleteItem" in the Amazon DynamoDB API reference.
public struct DeleteItemInput: Sendable, Hashable, JSONObject {
    /// The table's name, or its ARN.
    public var tableName: String
    /// The primary key: one value for each attribute of the table's key schema.
    public var key: Item
    /// Which attributes to return.
    public var returnValues: ReturnValues?
    /// Whether to report the capacity used.
    public var returnConsumedCapacity: ReturnConsumedCapacity?
    /// Whether to report the item collection's size (tables with a local secondary index).
    public var returnItemCollectionMetrics: ReturnItemCollectionMetrics?
    /// The write happens only when this is true of the stored item.
    public var conditionExpression: String?
    /// What the `#name` placeholders in the expressions stand for.
    public var expressionAttributeNames: [String: String]?
    /// What the `:value` placeholders in the expressions stand for.
    public var expressionAttributeValues: [String: AttributeValue]?
    /// Whether a failed condition's error carries the stored item.
    public var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure?
    /// Legacy form of ``conditionExpression``: conditions by attribute name.
    public var expected: AttributeMap<ExpectedAttributeValue>?
    /// Legacy: how the conditions combine.
    public var conditionalOperator: ConditionalOperator?

    private init() { self = .unread }
}

/// What DeleteItem returns.
public struct DeleteItemOutput: Sendable, Hashable, JSONObject {
    /// The attributes that `ReturnValues` asked for.
    public var attributes: Item?
    /// The capacity used, when asked for.
    public var consumedCapacity: ConsumedCapacity?
    /// The item collection's size, when asked for.
    public var itemCollectionMetrics: ItemCollectionMetrics?

    private init() { self = .unread }
}
