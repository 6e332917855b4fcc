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
    public var keyConditions: [String: Condition]?
    /// Legacy form of ``filterExpression``.
    public var queryFilter: [String: Condition]?
    /// Legacy: how the conditions combine.
    public var conditionalOperator: ConditionalOperator?

    /// Makes a request of its members.
    public init(
        tableName: String,
        indexName: String? = nil,
        select: Select? = nil,
        limit: Int? = nil,
        consistentRead: Bool? = nil,
        scanIndexForward: Bool? = nil,
        exclusiveStartKey: Item? = nil,
        returnConsumedCapacity: ReturnConsumedCapacity? = nil,
        projectionExpression: String? = nil,
        filterExpression: String? = nil,
        keyConditionExpression: String? = nil,
        expressionAttributeNames: [String: String]? = nil,
        expressionAttributeValues: [String: AttributeValue]? = nil,
        attributesToGet: [String]? = nil,
        keyConditions: [String: Condition]? = nil,
        queryFilter: [String: Condition]? = nil,
        conditionalOperator: ConditionalOperator? = nil
    ) {
        self.tableName = tableName
        self.indexName = indexName
        self.select = select
        self.limit = limit
        self.consistentRead = consistentRead
        self.scanIndexForward = scanIndexForward
        self.exclusiveStartKey = exclusiveStartKey
        self.returnConsumedCapacity = returnConsumedCapacity
        self.projectionExpression = projectionExpression
        self.filterExpression = filterExpression
        self.keyConditionExpression = keyConditionExpression
        self.expressionAttributeNames = expressionAttributeNames
        self.expressionAttributeValues = expressionAttributeValues
        self.attributesToGet = attributesToGet
        self.keyConditions = keyConditions
        self.queryFilter = queryFilter
        self.conditionalOperator = conditionalOperator
    }

    package static var unread: Self { Self(tableName: "") }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableName", &tableName)
        try members.optional("IndexName", &indexName)
        try members.optional("Select", &select)
        try members.optional("Limit", &limit)
        try members.optional("ConsistentRead", &consistentRead)
        try members.optional("ScanIndexForward", &scanIndexForward)
        try members.optional("ExclusiveStartKey", &exclusiveStartKey)
        try members.optional("ReturnConsumedCapacity", &returnConsumedCapacity)
        try members.optional("ProjectionExpression", &projectionExpression)
        try members.optional("FilterExpression", &filterExpression)
        try members.optional("KeyConditionExpression", &keyConditionExpression)
        try members.optional("ExpressionAttributeNames", &expressionAttributeNames)
        try members.placeholders("ExpressionAttributeValues", &expressionAttributeValues)
        try members.optional("AttributesToGet", &attributesToGet)
        try members.optional("KeyConditions", &keyConditions)
        try members.optional("QueryFilter", &queryFilter)
        try members.optional("ConditionalOperator", &conditionalOperator)
    }
}

/// What Query returns.
public struct QueryOutput: Sendable, Hashable, JSONObject {
    /// The items found; nil for `Select: COUNT`.
    public var items: [Item]?
    /// How many items passed the filter.
    public var count: Int
    /// How many items were read before the filter.
    public var scannedCount: Int
    /// Where this page ended; nil when there is nothing more.
    public var lastEvaluatedKey: Item?
    /// The capacity used, when asked for.
    public var consumedCapacity: ConsumedCapacity?

    /// Makes a response of its members.
    public init(
        items: [Item]? = nil,
        count: Int = 0,
        scannedCount: Int = 0,
        lastEvaluatedKey: Item? = nil,
        consumedCapacity: ConsumedCapacity? = nil
    ) {
        self.items = items
        self.count = count
        self.scannedCount = scannedCount
        self.lastEvaluatedKey = lastEvaluatedKey
        self.consumedCapacity = consumedCapacity
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Items", &items)
        try members.optional("Count", &count)
        try members.optional("ScannedCount", &scannedCount)
        try members.optional("LastEvaluatedKey", &lastEvaluatedKey)
        try members.optional("ConsumedCapacity", &consumedCapacity)
    }
}
