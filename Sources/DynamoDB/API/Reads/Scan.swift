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
    public var scanFilter: [String: Condition]?
    /// Legacy: how the conditions combine.
    public var conditionalOperator: ConditionalOperator?

    /// Makes a request of its members.
    public init(
        tableName: String,
        indexName: String? = nil,
        limit: Int? = nil,
        select: Select? = nil,
        exclusiveStartKey: Item? = nil,
        returnConsumedCapacity: ReturnConsumedCapacity? = nil,
        totalSegments: Int? = nil,
        segment: Int? = nil,
        projectionExpression: String? = nil,
        filterExpression: String? = nil,
        expressionAttributeNames: [String: String]? = nil,
        expressionAttributeValues: [String: AttributeValue]? = nil,
        consistentRead: Bool? = nil,
        attributesToGet: [String]? = nil,
        scanFilter: [String: Condition]? = nil,
        conditionalOperator: ConditionalOperator? = nil
    ) {
        self.tableName = tableName
        self.indexName = indexName
        self.limit = limit
        self.select = select
        self.exclusiveStartKey = exclusiveStartKey
        self.returnConsumedCapacity = returnConsumedCapacity
        self.totalSegments = totalSegments
        self.segment = segment
        self.projectionExpression = projectionExpression
        self.filterExpression = filterExpression
        self.expressionAttributeNames = expressionAttributeNames
        self.expressionAttributeValues = expressionAttributeValues
        self.consistentRead = consistentRead
        self.attributesToGet = attributesToGet
        self.scanFilter = scanFilter
        self.conditionalOperator = conditionalOperator
    }

    package static var unread: Self { Self(tableName: "") }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableName", &tableName)
        try members.optional("IndexName", &indexName)
        try members.optional("Limit", &limit)
        try members.optional("Select", &select)
        try members.optional("ExclusiveStartKey", &exclusiveStartKey)
        try members.optional("ReturnConsumedCapacity", &returnConsumedCapacity)
        try members.optional("TotalSegments", &totalSegments)
        try members.optional("Segment", &segment)
        try members.optional("ProjectionExpression", &projectionExpression)
        try members.optional("FilterExpression", &filterExpression)
        try members.optional("ExpressionAttributeNames", &expressionAttributeNames)
        try members.placeholders("ExpressionAttributeValues", &expressionAttributeValues)
        try members.optional("ConsistentRead", &consistentRead)
        try members.optional("AttributesToGet", &attributesToGet)
        try members.optional("ScanFilter", &scanFilter)
        try members.optional("ConditionalOperator", &conditionalOperator)
    }
}

/// What Scan returns.
public struct ScanOutput: Sendable, Hashable, JSONObject {
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
