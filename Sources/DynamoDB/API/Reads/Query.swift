/// Reads the items of one partition key, in order of the sort key.
///
/// Source: AWS, "Query" in the Amazon DynamoDB API reference.
public struct QueryInput: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(tableName: "")
        try json.members(requiring: "TableName") { json, key throws(DynamoDBError) in
            switch key {
            case "TableName": tableName = try json.value()
            case "IndexName": indexName = try json.value()
            case "Select": select = try json.value()
            case "Limit": limit = try json.value()
            case "ConsistentRead": consistentRead = try json.value()
            case "ScanIndexForward": scanIndexForward = try json.value()
            case "ExclusiveStartKey": exclusiveStartKey = try json.value()
            case "ReturnConsumedCapacity": returnConsumedCapacity = try json.value()
            case "ProjectionExpression": projectionExpression = try json.value()
            case "FilterExpression": filterExpression = try json.value()
            case "KeyConditionExpression": keyConditionExpression = try json.value()
            case "ExpressionAttributeNames": expressionAttributeNames = try json.value()
            case "ExpressionAttributeValues": expressionAttributeValues = try json.placeholderValues()
            case "AttributesToGet": attributesToGet = try json.value()
            case "KeyConditions": keyConditions = try json.value()
            case "QueryFilter": queryFilter = try json.value()
            case "ConditionalOperator": conditionalOperator = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TableName", tableName)
            json.member("IndexName", indexName)
            json.member("Select", select)
            json.member("Limit", limit)
            json.member("ConsistentRead", consistentRead)
            json.member("ScanIndexForward", scanIndexForward)
            json.member("ExclusiveStartKey", exclusiveStartKey)
            json.member("ReturnConsumedCapacity", returnConsumedCapacity)
            json.member("ProjectionExpression", projectionExpression)
            json.member("FilterExpression", filterExpression)
            json.member("KeyConditionExpression", keyConditionExpression)
            json.member("ExpressionAttributeNames", expressionAttributeNames)
            json.member("ExpressionAttributeValues", expressionAttributeValues)
            json.member("AttributesToGet", attributesToGet)
            json.member("KeyConditions", keyConditions)
            json.member("QueryFilter", queryFilter)
            json.member("ConditionalOperator", conditionalOperator)
        }
    }
}

/// What Query returns.
public struct QueryOutput: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "Items": items = try json.value()
            case "Count": count = try json.value()
            case "ScannedCount": scannedCount = try json.value()
            case "LastEvaluatedKey": lastEvaluatedKey = try json.value()
            case "ConsumedCapacity": consumedCapacity = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Items", items)
            json.member("Count", count)
            json.member("ScannedCount", scannedCount)
            json.member("LastEvaluatedKey", lastEvaluatedKey)
            json.member("ConsumedCapacity", consumedCapacity)
        }
    }
}
