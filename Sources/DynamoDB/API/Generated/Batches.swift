// Made by scripts/generate-api of the API's model in botocore 1.44.8. Do not edit.
// swift-format-ignore-file

extension BatchGetItemInput {
    /// Makes a request of its members.
    public init(
        requestItems: [String: KeysAndAttributes],
        returnConsumedCapacity: ReturnConsumedCapacity? = nil
    ) {
        self.requestItems = requestItems
        self.returnConsumedCapacity = returnConsumedCapacity
    }

    package static var unread: Self { Self(requestItems: .init()) }

    package static var front: ValidationFront? { .current }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("RequestItems", &requestItems)
        try members.optional("ReturnConsumedCapacity", &returnConsumedCapacity)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.checkTables("RequestItems", requestItems)
        check.check("RequestItems", requestItems, .count(1, 100))
        check.look(into: requestItems, at: "RequestItems")
    }
}

extension BatchGetItemOutput {
    /// Makes a response of its members.
    public init(
        responses: [String: [Item]] = [:],
        unprocessedKeys: [String: KeysAndAttributes] = [:],
        consumedCapacity: [ConsumedCapacity]? = nil
    ) {
        self.responses = responses
        self.unprocessedKeys = unprocessedKeys
        self.consumedCapacity = consumedCapacity
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Responses", &responses)
        try members.optional("UnprocessedKeys", &unprocessedKeys)
        try members.optional("ConsumedCapacity", &consumedCapacity)
    }
}

extension BatchWriteItemInput {
    /// Makes a request of its members.
    public init(
        requestItems: [String: [WriteRequest]],
        returnConsumedCapacity: ReturnConsumedCapacity? = nil,
        returnItemCollectionMetrics: ReturnItemCollectionMetrics? = nil
    ) {
        self.requestItems = requestItems
        self.returnConsumedCapacity = returnConsumedCapacity
        self.returnItemCollectionMetrics = returnItemCollectionMetrics
    }

    package static var unread: Self { Self(requestItems: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("RequestItems", &requestItems)
        try members.optional("ReturnConsumedCapacity", &returnConsumedCapacity)
        try members.optional("ReturnItemCollectionMetrics", &returnItemCollectionMetrics)
    }
}

extension BatchWriteItemOutput {
    /// Makes a response of its members.
    public init(
        unprocessedItems: [String: [WriteRequest]] = [:],
        itemCollectionMetrics: [String: [ItemCollectionMetrics]]? = nil,
        consumedCapacity: [ConsumedCapacity]? = nil
    ) {
        self.unprocessedItems = unprocessedItems
        self.itemCollectionMetrics = itemCollectionMetrics
        self.consumedCapacity = consumedCapacity
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("UnprocessedItems", &unprocessedItems)
        try members.optional("ItemCollectionMetrics", &itemCollectionMetrics)
        try members.optional("ConsumedCapacity", &consumedCapacity)
    }
}

extension KeysAndAttributes {
    /// Makes a value of its members.
    public init(
        keys: [Item],
        consistentRead: Bool? = nil,
        projectionExpression: String? = nil,
        expressionAttributeNames: [String: String]? = nil,
        attributesToGet: [String]? = nil
    ) {
        self.keys = keys
        self.consistentRead = consistentRead
        self.projectionExpression = projectionExpression
        self.expressionAttributeNames = expressionAttributeNames
        self.attributesToGet = attributesToGet
    }

    package static var unread: Self { Self(keys: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ExpressionAttributeNames", &expressionAttributeNames)
        try members.required("Keys", &keys)
        try members.optional("ConsistentRead", &consistentRead)
        try members.optional("ProjectionExpression", &projectionExpression)
        try members.optional("AttributesToGet", &attributesToGet)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("Keys", keys, .count(1, 100))
        check.check("AttributesToGet", attributesToGet, .count(1, nil))
    }
}
