/// Writes a whole item, replacing one of the same key.
///
/// Source: AWS, "PutItem" in the Amazon DynamoDB API reference.
public struct PutItemInput: Sendable, Hashable, JSONObject {
    /// The table's name, or its ARN.
    public var tableName: String
    /// The whole item, its primary key included.
    public var item: Item
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
    public var expected: [String: ExpectedAttributeValue]?
    /// Legacy: how the conditions combine.
    public var conditionalOperator: ConditionalOperator?

    /// Makes a request of its members.
    public init(
        tableName: String,
        item: Item,
        returnValues: ReturnValues? = nil,
        returnConsumedCapacity: ReturnConsumedCapacity? = nil,
        returnItemCollectionMetrics: ReturnItemCollectionMetrics? = nil,
        conditionExpression: String? = nil,
        expressionAttributeNames: [String: String]? = nil,
        expressionAttributeValues: [String: AttributeValue]? = nil,
        returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? = nil,
        expected: [String: ExpectedAttributeValue]? = nil,
        conditionalOperator: ConditionalOperator? = nil
    ) {
        self.tableName = tableName
        self.item = item
        self.returnValues = returnValues
        self.returnConsumedCapacity = returnConsumedCapacity
        self.returnItemCollectionMetrics = returnItemCollectionMetrics
        self.conditionExpression = conditionExpression
        self.expressionAttributeNames = expressionAttributeNames
        self.expressionAttributeValues = expressionAttributeValues
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
        self.expected = expected
        self.conditionalOperator = conditionalOperator
    }

    package static var unread: Self { Self(tableName: "", item: [:]) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableName", &tableName)
        try members.required("Item", &item)
        try members.optional("ReturnValues", &returnValues)
        try members.optional("ReturnConsumedCapacity", &returnConsumedCapacity)
        try members.optional("ReturnItemCollectionMetrics", &returnItemCollectionMetrics)
        try members.optional("ConditionExpression", &conditionExpression)
        try members.optional("ExpressionAttributeNames", &expressionAttributeNames)
        try members.placeholders("ExpressionAttributeValues", &expressionAttributeValues)
        try members.optional("ReturnValuesOnConditionCheckFailure", &returnValuesOnConditionCheckFailure)
        try members.optional("Expected", &expected)
        try members.optional("ConditionalOperator", &conditionalOperator)
    }
}

/// What PutItem returns.
public struct PutItemOutput: Sendable, Hashable, JSONObject {
    /// The attributes that `ReturnValues` asked for.
    public var attributes: Item?
    /// The capacity used, when asked for.
    public var consumedCapacity: ConsumedCapacity?
    /// The item collection's size, when asked for.
    public var itemCollectionMetrics: ItemCollectionMetrics?

    /// Makes a response of its members.
    public init(
        attributes: Item? = nil,
        consumedCapacity: ConsumedCapacity? = nil,
        itemCollectionMetrics: ItemCollectionMetrics? = nil
    ) {
        self.attributes = attributes
        self.consumedCapacity = consumedCapacity
        self.itemCollectionMetrics = itemCollectionMetrics
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Attributes", &attributes)
        try members.optional("ConsumedCapacity", &consumedCapacity)
        try members.optional("ItemCollectionMetrics", &itemCollectionMetrics)
    }
}
