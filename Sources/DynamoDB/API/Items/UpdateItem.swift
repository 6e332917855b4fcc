/// Changes an item's attributes, making the item if there is none.
///
/// Source: AWS, "UpdateItem" in the Amazon DynamoDB API reference.
public struct UpdateItemInput: Sendable, Hashable, JSONCodable {
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
    /// The `SET`, `REMOVE`, `ADD` and `DELETE` actions to apply.
    public var updateExpression: String?
    /// The write happens only when this is true of the stored item.
    public var conditionExpression: String?
    /// What the `#name` placeholders in the expressions stand for.
    public var expressionAttributeNames: [String: String]?
    /// What the `:value` placeholders in the expressions stand for.
    public var expressionAttributeValues: [String: AttributeValue]?
    /// Whether a failed condition's error carries the stored item.
    public var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure?
    /// Legacy form of ``updateExpression``.
    public var attributeUpdates: [String: AttributeValueUpdate]?
    /// Legacy form of ``conditionExpression``: conditions by attribute name.
    public var expected: [String: ExpectedAttributeValue]?
    /// Legacy: how the conditions combine.
    public var conditionalOperator: ConditionalOperator?

    /// Makes a request of its members.
    public init(
        tableName: String,
        key: Item,
        returnValues: ReturnValues? = nil,
        returnConsumedCapacity: ReturnConsumedCapacity? = nil,
        returnItemCollectionMetrics: ReturnItemCollectionMetrics? = nil,
        updateExpression: String? = nil,
        conditionExpression: String? = nil,
        expressionAttributeNames: [String: String]? = nil,
        expressionAttributeValues: [String: AttributeValue]? = nil,
        returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? = nil,
        attributeUpdates: [String: AttributeValueUpdate]? = nil,
        expected: [String: ExpectedAttributeValue]? = nil,
        conditionalOperator: ConditionalOperator? = nil
    ) {
        self.tableName = tableName
        self.key = key
        self.returnValues = returnValues
        self.returnConsumedCapacity = returnConsumedCapacity
        self.returnItemCollectionMetrics = returnItemCollectionMetrics
        self.updateExpression = updateExpression
        self.conditionExpression = conditionExpression
        self.expressionAttributeNames = expressionAttributeNames
        self.expressionAttributeValues = expressionAttributeValues
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
        self.attributeUpdates = attributeUpdates
        self.expected = expected
        self.conditionalOperator = conditionalOperator
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(tableName: "", key: [:])
        try json.members(requiring: "TableName", "Key") { json, key throws(DynamoDBError) in
            switch key {
            case "TableName": tableName = try json.value()
            case "Key": self.key = try json.value()
            case "ReturnValues": returnValues = try json.value()
            case "ReturnConsumedCapacity": returnConsumedCapacity = try json.value()
            case "ReturnItemCollectionMetrics": returnItemCollectionMetrics = try json.value()
            case "UpdateExpression": updateExpression = try json.value()
            case "ConditionExpression": conditionExpression = try json.value()
            case "ExpressionAttributeNames": expressionAttributeNames = try json.value()
            case "ExpressionAttributeValues": expressionAttributeValues = try json.placeholderValues()
            case "ReturnValuesOnConditionCheckFailure": returnValuesOnConditionCheckFailure = try json.value()
            case "AttributeUpdates": attributeUpdates = try json.value()
            case "Expected": expected = try json.value()
            case "ConditionalOperator": conditionalOperator = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TableName", tableName)
            json.member("Key", key)
            json.member("ReturnValues", returnValues)
            json.member("ReturnConsumedCapacity", returnConsumedCapacity)
            json.member("ReturnItemCollectionMetrics", returnItemCollectionMetrics)
            json.member("UpdateExpression", updateExpression)
            json.member("ConditionExpression", conditionExpression)
            json.member("ExpressionAttributeNames", expressionAttributeNames)
            json.member("ExpressionAttributeValues", expressionAttributeValues)
            json.member("ReturnValuesOnConditionCheckFailure", returnValuesOnConditionCheckFailure)
            json.member("AttributeUpdates", attributeUpdates)
            json.member("Expected", expected)
            json.member("ConditionalOperator", conditionalOperator)
        }
    }
}

/// What UpdateItem returns.
public struct UpdateItemOutput: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "Attributes": attributes = try json.value()
            case "ConsumedCapacity": consumedCapacity = try json.value()
            case "ItemCollectionMetrics": itemCollectionMetrics = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Attributes", attributes)
            json.member("ConsumedCapacity", consumedCapacity)
            json.member("ItemCollectionMetrics", itemCollectionMetrics)
        }
    }
}
