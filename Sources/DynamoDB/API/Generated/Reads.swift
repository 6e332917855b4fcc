// Made by scripts/generate-api of the API's model in botocore 1.44.8. Do not edit.
// swift-format-ignore-file

extension QueryInput {
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
        keyConditions: AttributeMap<Condition>? = nil,
        queryFilter: AttributeMap<Condition>? = nil,
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

    package static var unread: Self { Self(tableName: .init()) }

    package static var front: ValidationFront? { .current }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Select", &select)
        try members.optional("ExpressionAttributeNames", &expressionAttributeNames)
        try members.optional("IndexName", &indexName)
        try members.optional("ExclusiveStartKey", &exclusiveStartKey)
        try members.optional("ProjectionExpression", &projectionExpression)
        try members.optional("QueryFilter", &queryFilter)
        try members.optional("ReturnConsumedCapacity", &returnConsumedCapacity)
        try members.optional("ScanIndexForward", &scanIndexForward)
        try members.required("TableName", &tableName)
        try members.optional("ConditionalOperator", &conditionalOperator)
        try members.optional("KeyConditionExpression", &keyConditionExpression)
        try members.placeholders("ExpressionAttributeValues", &expressionAttributeValues)
        try members.optional("ConsistentRead", &consistentRead)
        try members.optional("AttributesToGet", &attributesToGet)
        try members.optional("Limit", &limit)
        try members.optional("FilterExpression", &filterExpression)
        try members.optional("KeyConditions", &keyConditions)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("IndexName", indexName, .length(3, 255, .name))
        check.check("TableName", tableName, .tableReference)
        check.check("AttributesToGet", attributesToGet, .count(1, nil))
        check.check("Limit", limit, .value(1, nil))
    }
}

extension QueryOutput {
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

extension ScanInput {
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
        scanFilter: AttributeMap<Condition>? = nil,
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

    package static var unread: Self { Self(tableName: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Select", &select)
        try members.optional("ExpressionAttributeNames", &expressionAttributeNames)
        try members.optional("IndexName", &indexName)
        try members.optional("ExclusiveStartKey", &exclusiveStartKey)
        try members.optional("TotalSegments", &totalSegments)
        try members.optional("ProjectionExpression", &projectionExpression)
        try members.optional("ReturnConsumedCapacity", &returnConsumedCapacity)
        try members.required("TableName", &tableName)
        try members.optional("ConditionalOperator", &conditionalOperator)
        try members.optional("ScanFilter", &scanFilter)
        try members.placeholders("ExpressionAttributeValues", &expressionAttributeValues)
        try members.optional("Segment", &segment)
        try members.optional("ConsistentRead", &consistentRead)
        try members.optional("AttributesToGet", &attributesToGet)
        try members.optional("Limit", &limit)
        try members.optional("FilterExpression", &filterExpression)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("IndexName", indexName, .length(3, 255, .name))
        check.check("TotalSegments", totalSegments, .value(1, 1_000_000))
        check.check("TableName", tableName, .tableReference)
        check.check("Segment", segment, .value(0, 999_999))
        check.check("AttributesToGet", attributesToGet, .count(1, nil))
        check.check("Limit", limit, .value(1, nil))
    }
}

extension ScanOutput {
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

extension SearchResultItem {
    /// Makes a value of its members.
    public init(
        item: Item? = nil,
        score: Double? = nil
    ) {
        self.item = item
        self.score = score
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Item", &item)
        try members.optional("Score", &score)
    }
}

extension SearchVectorsInput {
    /// Makes a request of its members.
    public init(
        tableName: String,
        indexName: String,
        returnConsumedCapacity: ReturnConsumedCapacity? = nil,
        expressionAttributeNames: [String: String]? = nil,
        expressionAttributeValues: [String: AttributeValue]? = nil,
        projectionExpression: String? = nil,
        searchVector: [AttributeValue],
        searchConditionExpression: String? = nil,
        topK: Int
    ) {
        self.tableName = tableName
        self.indexName = indexName
        self.returnConsumedCapacity = returnConsumedCapacity
        self.expressionAttributeNames = expressionAttributeNames
        self.expressionAttributeValues = expressionAttributeValues
        self.projectionExpression = projectionExpression
        self.searchVector = searchVector
        self.searchConditionExpression = searchConditionExpression
        self.topK = topK
    }

    package static var unread: Self { Self(tableName: .init(), indexName: .init(), searchVector: .init(), topK: 0) }

    package static var front: ValidationFront? { .current }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TopK", &topK)
        try members.optional("ExpressionAttributeNames", &expressionAttributeNames)
        try members.placeholders("ExpressionAttributeValues", &expressionAttributeValues)
        try members.required("IndexName", &indexName)
        try members.optional("ProjectionExpression", &projectionExpression)
        try members.optional("SearchConditionExpression", &searchConditionExpression)
        try members.optional("ReturnConsumedCapacity", &returnConsumedCapacity)
        try members.required("SearchVector", &searchVector)
        try members.required("TableName", &tableName)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("TopK", topK, .value(1, nil))
        check.check("IndexName", indexName, .length(3, 255, .name))
        check.check("SearchVector", searchVector, .count(1, 4_096))
        check.check("TableName", tableName, .tableReference)
    }
}

extension SearchVectorsOutput {
    /// Makes a response of its members.
    public init(
        consumedCapacity: VectorCapacity? = nil,
        searchResults: [SearchResultItem]? = nil
    ) {
        self.consumedCapacity = consumedCapacity
        self.searchResults = searchResults
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ConsumedCapacity", &consumedCapacity)
        try members.optional("SearchResults", &searchResults)
    }
}
