/// Reads a table or an index from end to end.
///
/// Source: AWS, "Scan" in the Amazon DynamoDB API reference.
public struct ScanInput: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(tableName: "")
        try json.members(requiring: "TableName") { json, key throws(DynamoDBError) in
            switch key {
            case "TableName": tableName = try json.value()
            case "IndexName": indexName = try json.value()
            case "Limit": limit = try json.value()
            case "Select": select = try json.value()
            case "ExclusiveStartKey": exclusiveStartKey = try json.value()
            case "ReturnConsumedCapacity": returnConsumedCapacity = try json.value()
            case "TotalSegments": totalSegments = try json.value()
            case "Segment": segment = try json.value()
            case "ProjectionExpression": projectionExpression = try json.value()
            case "FilterExpression": filterExpression = try json.value()
            case "ExpressionAttributeNames": expressionAttributeNames = try json.value()
            case "ExpressionAttributeValues": expressionAttributeValues = try json.placeholderValues()
            case "ConsistentRead": consistentRead = try json.value()
            case "AttributesToGet": attributesToGet = try json.value()
            case "ScanFilter": scanFilter = try json.value()
            case "ConditionalOperator": conditionalOperator = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TableName", tableName)
            json.member("IndexName", indexName)
            json.member("Limit", limit)
            json.member("Select", select)
            json.member("ExclusiveStartKey", exclusiveStartKey)
            json.member("ReturnConsumedCapacity", returnConsumedCapacity)
            json.member("TotalSegments", totalSegments)
            json.member("Segment", segment)
            json.member("ProjectionExpression", projectionExpression)
            json.member("FilterExpression", filterExpression)
            json.member("ExpressionAttributeNames", expressionAttributeNames)
            json.member("ExpressionAttributeValues", expressionAttributeValues)
            json.member("ConsistentRead", consistentRead)
            json.member("AttributesToGet", attributesToGet)
            json.member("ScanFilter", scanFilter)
            json.member("ConditionalOperator", conditionalOperator)
        }
    }
}

/// What Scan returns.
public struct ScanOutput: Sendable, Hashable, JSONCodable {
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
