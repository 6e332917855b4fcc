// Made by scripts/generate-api of the API's model in botocore 1.44.8. Do not edit.
// swift-format-ignore-file

extension DeleteItemInput {
    /// Makes a request of its members.
    public init(
        tableName: String,
        key: Item,
        returnValues: ReturnValues? = nil,
        returnConsumedCapacity: ReturnConsumedCapacity? = nil,
        returnItemCollectionMetrics: ReturnItemCollectionMetrics? = nil,
        conditionExpression: String? = nil,
        expressionAttributeNames: [String: String]? = nil,
        expressionAttributeValues: [String: AttributeValue]? = nil,
        returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? = nil,
        expected: AttributeMap<ExpectedAttributeValue>? = nil,
        conditionalOperator: ConditionalOperator? = nil
    ) {
        self.tableName = tableName
        self.key = key
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

    package static var unread: Self { Self(tableName: .init(), key: .init()) }

    package static var front: ValidationFront? { .enveloped }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ConditionExpression", &conditionExpression)
        try members.optional("ExpressionAttributeNames", &expressionAttributeNames)
        try members.optional("Expected", &expected)
        try members.optional("ReturnConsumedCapacity", &returnConsumedCapacity)
        try members.required("TableName", &tableName)
        try members.optional("ReturnValues", &returnValues)
        try members.optional("ConditionalOperator", &conditionalOperator)
        try members.optional("ReturnValuesOnConditionCheckFailure", &returnValuesOnConditionCheckFailure)
        try members.placeholders("ExpressionAttributeValues", &expressionAttributeValues)
        try members.optional("ReturnItemCollectionMetrics", &returnItemCollectionMetrics)
        try members.required("Key", &key)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("TableName", tableName, .tableReference)
    }
}

extension DeleteItemOutput {
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

extension GetItemInput {
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

    package static var unread: Self { Self(tableName: .init(), key: .init()) }

    package static var front: ValidationFront? { .current }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ExpressionAttributeNames", &expressionAttributeNames)
        try members.optional("ConsistentRead", &consistentRead)
        try members.optional("ProjectionExpression", &projectionExpression)
        try members.optional("AttributesToGet", &attributesToGet)
        try members.optional("ReturnConsumedCapacity", &returnConsumedCapacity)
        try members.required("Key", &key)
        try members.required("TableName", &tableName)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("AttributesToGet", attributesToGet, .count(1, nil))
        check.check("TableName", tableName, .tableReference)
    }
}

extension GetItemOutput {
    /// Makes a response of its members.
    public init(
        item: Item? = nil,
        consumedCapacity: ConsumedCapacity? = nil
    ) {
        self.item = item
        self.consumedCapacity = consumedCapacity
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Item", &item)
        try members.optional("ConsumedCapacity", &consumedCapacity)
    }
}

extension PutItemInput {
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
        expected: AttributeMap<ExpectedAttributeValue>? = nil,
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

    package static var unread: Self { Self(tableName: .init(), item: .init()) }

    package static var front: ValidationFront? { .enveloped }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("Item", &item)
        try members.optional("ConditionExpression", &conditionExpression)
        try members.optional("ExpressionAttributeNames", &expressionAttributeNames)
        try members.optional("Expected", &expected)
        try members.optional("ReturnConsumedCapacity", &returnConsumedCapacity)
        try members.required("TableName", &tableName)
        try members.optional("ReturnValues", &returnValues)
        try members.optional("ConditionalOperator", &conditionalOperator)
        try members.optional("ReturnValuesOnConditionCheckFailure", &returnValuesOnConditionCheckFailure)
        try members.placeholders("ExpressionAttributeValues", &expressionAttributeValues)
        try members.optional("ReturnItemCollectionMetrics", &returnItemCollectionMetrics)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("TableName", tableName, .tableReference)
    }
}

extension PutItemOutput {
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

extension UpdateItemInput {
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
        attributeUpdates: AttributeMap<AttributeValueUpdate>? = nil,
        expected: AttributeMap<ExpectedAttributeValue>? = nil,
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

    package static var unread: Self { Self(tableName: .init(), key: .init()) }

    package static var front: ValidationFront? { .envelopedAlone }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ConditionExpression", &conditionExpression)
        try members.optional("ExpressionAttributeNames", &expressionAttributeNames)
        try members.optional("Expected", &expected)
        try members.optional("ReturnConsumedCapacity", &returnConsumedCapacity)
        try members.required("TableName", &tableName)
        try members.optional("ReturnValues", &returnValues)
        try members.optional("ConditionalOperator", &conditionalOperator)
        try members.optional("ReturnValuesOnConditionCheckFailure", &returnValuesOnConditionCheckFailure)
        try members.optional("AttributeUpdates", &attributeUpdates)
        try members.placeholders("ExpressionAttributeValues", &expressionAttributeValues)
        try members.optional("UpdateExpression", &updateExpression)
        try members.optional("ReturnItemCollectionMetrics", &returnItemCollectionMetrics)
        try members.required("Key", &key)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("TableName", tableName, .tableReference)
    }
}

extension UpdateItemOutput {
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
