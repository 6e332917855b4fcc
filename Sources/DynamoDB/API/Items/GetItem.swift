/// Reads an item by its key.
///
/// Source: AWS, "GetItem" in the Amazon DynamoDB API reference.
public struct GetItemInput: Sendable, Hashable, JSONCodable {
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

    /// Makes a request of its members.
    public init(
        tableName: String,
        key: Item,
        consistentRead: Bool? = nil,
        returnConsumedCapacity: ReturnConsumedCapacity? = nil,
        projectionExpression: String? = nil,
        expressionAttributeNames: [String: String]? = nil,
        attributesToGet: [String]? = nil
    ) {
        self.tableName = tableName
        self.key = key
        self.consistentRead = consistentRead
        self.returnConsumedCapacity = returnConsumedCapacity
        self.projectionExpression = projectionExpression
        self.expressionAttributeNames = expressionAttributeNames
        self.attributesToGet = attributesToGet
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(tableName: "", key: [:])
        try json.members(requiring: "TableName", "Key") { json, key throws(DynamoDBError) in
            switch key {
            case "TableName": tableName = try json.value()
            case "Key": self.key = try json.value()
            case "ConsistentRead": consistentRead = try json.value()
            case "ReturnConsumedCapacity": returnConsumedCapacity = try json.value()
            case "ProjectionExpression": projectionExpression = try json.value()
            case "ExpressionAttributeNames": expressionAttributeNames = try json.value()
            case "AttributesToGet": attributesToGet = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TableName", tableName)
            json.member("Key", key)
            json.member("ConsistentRead", consistentRead)
            json.member("ReturnConsumedCapacity", returnConsumedCapacity)
            json.member("ProjectionExpression", projectionExpression)
            json.member("ExpressionAttributeNames", expressionAttributeNames)
            json.member("AttributesToGet", attributesToGet)
        }
    }
}

/// What GetItem returns.
public struct GetItemOutput: Sendable, Hashable, JSONCodable {
    /// The item found; nil when there is none.
    public var item: Item?
    /// The capacity used, when asked for.
    public var consumedCapacity: ConsumedCapacity?

    /// Makes a response of its members.
    public init(item: Item? = nil, consumedCapacity: ConsumedCapacity? = nil) {
        self.item = item
        self.consumedCapacity = consumedCapacity
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "Item": item = try json.value()
            case "ConsumedCapacity": consumedCapacity = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Item", item)
            json.member("ConsumedCapacity", consumedCapacity)
        }
    }
}
