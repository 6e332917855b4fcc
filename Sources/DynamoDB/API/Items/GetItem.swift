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

    package static var unread: Self { Self(tableName: "", key: [:]) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableName", &tableName)
        try members.required("Key", &key)
        try members.optional("ConsistentRead", &consistentRead)
        try members.optional("ReturnConsumedCapacity", &returnConsumedCapacity)
        try members.optional("ProjectionExpression", &projectionExpression)
        try members.optional("ExpressionAttributeNames", &expressionAttributeNames)
        try members.optional("AttributesToGet", &attributesToGet)
    }
}

/// What GetItem returns.
public struct GetItemOutput: Sendable, Hashable, JSONObject {
    /// The item found; nil when there is none.
    public var item: Item?
    /// The capacity used, when asked for.
    public var consumedCapacity: ConsumedCapacity?

    /// Makes a response of its members.
    public init(item: Item? = nil, consumedCapacity: ConsumedCapacity? = nil) {
        self.item = item
        self.consumedCapacity = consumedCapacity
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Item", &item)
        try members.optional("ConsumedCapacity", &consumedCapacity)
    }
}
