/// Writes an item in a transaction.
public struct Put: Sendable, Hashable, JSONCodable {
    /// The table's name, or its ARN.
    public var tableName: String
    /// The whole item, its primary key included.
    public var item: Item
    /// The write happens only when this is true of the stored item.
    public var conditionExpression: String?
    /// What the `#name` placeholders in the expressions stand for.
    public var expressionAttributeNames: [String: String]?
    /// What the `:value` placeholders in the expressions stand for.
    public var expressionAttributeValues: [String: AttributeValue]?
    /// Whether a failed condition's error carries the stored item.
    public var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure?

    /// Makes a value of its members.
    public init(
        tableName: String,
        item: Item,
        conditionExpression: String? = nil,
        expressionAttributeNames: [String: String]? = nil,
        expressionAttributeValues: [String: AttributeValue]? = nil,
        returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? = nil
    ) {
        self.tableName = tableName
        self.item = item
        self.conditionExpression = conditionExpression
        self.expressionAttributeNames = expressionAttributeNames
        self.expressionAttributeValues = expressionAttributeValues
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(tableName: "", item: [:])
        try json.members(requiring: "TableName", "Item") { json, key throws(DynamoDBError) in
            switch key {
            case "TableName": tableName = try json.value()
            case "Item": item = try json.value()
            case "ConditionExpression": conditionExpression = try json.value()
            case "ExpressionAttributeNames": expressionAttributeNames = try json.value()
            case "ExpressionAttributeValues": expressionAttributeValues = try json.placeholderValues()
            case "ReturnValuesOnConditionCheckFailure": returnValuesOnConditionCheckFailure = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TableName", tableName)
            json.member("Item", item)
            json.member("ConditionExpression", conditionExpression)
            json.member("ExpressionAttributeNames", expressionAttributeNames)
            json.member("ExpressionAttributeValues", expressionAttributeValues)
            json.member("ReturnValuesOnConditionCheckFailure", returnValuesOnConditionCheckFailure)
        }
    }
}

/// Changes an item in a transaction.
public struct Update: Sendable, Hashable, JSONCodable {
    /// The table's name, or its ARN.
    public var tableName: String
    /// The primary key: one value for each attribute of the table's key schema.
    public var key: Item
    /// The `SET`, `REMOVE`, `ADD` and `DELETE` actions to apply.
    public var updateExpression: String
    /// The write happens only when this is true of the stored item.
    public var conditionExpression: String?
    /// What the `#name` placeholders in the expressions stand for.
    public var expressionAttributeNames: [String: String]?
    /// What the `:value` placeholders in the expressions stand for.
    public var expressionAttributeValues: [String: AttributeValue]?
    /// Whether a failed condition's error carries the stored item.
    public var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure?

    /// Makes a value of its members.
    public init(
        tableName: String,
        key: Item,
        updateExpression: String,
        conditionExpression: String? = nil,
        expressionAttributeNames: [String: String]? = nil,
        expressionAttributeValues: [String: AttributeValue]? = nil,
        returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? = nil
    ) {
        self.tableName = tableName
        self.key = key
        self.updateExpression = updateExpression
        self.conditionExpression = conditionExpression
        self.expressionAttributeNames = expressionAttributeNames
        self.expressionAttributeValues = expressionAttributeValues
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(tableName: "", key: [:], updateExpression: "")
        try json.members(requiring: "TableName", "Key", "UpdateExpression") { json, key throws(DynamoDBError) in
            switch key {
            case "TableName": tableName = try json.value()
            case "Key": self.key = try json.value()
            case "UpdateExpression": updateExpression = try json.value()
            case "ConditionExpression": conditionExpression = try json.value()
            case "ExpressionAttributeNames": expressionAttributeNames = try json.value()
            case "ExpressionAttributeValues": expressionAttributeValues = try json.placeholderValues()
            case "ReturnValuesOnConditionCheckFailure": returnValuesOnConditionCheckFailure = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TableName", tableName)
            json.member("Key", key)
            json.member("UpdateExpression", updateExpression)
            json.member("ConditionExpression", conditionExpression)
            json.member("ExpressionAttributeNames", expressionAttributeNames)
            json.member("ExpressionAttributeValues", expressionAttributeValues)
            json.member("ReturnValuesOnConditionCheckFailure", returnValuesOnConditionCheckFailure)
        }
    }
}

/// Deletes an item in a transaction.
public struct Delete: Sendable, Hashable, JSONCodable {
    /// The table's name, or its ARN.
    public var tableName: String
    /// The primary key: one value for each attribute of the table's key schema.
    public var key: Item
    /// The write happens only when this is true of the stored item.
    public var conditionExpression: String?
    /// What the `#name` placeholders in the expressions stand for.
    public var expressionAttributeNames: [String: String]?
    /// What the `:value` placeholders in the expressions stand for.
    public var expressionAttributeValues: [String: AttributeValue]?
    /// Whether a failed condition's error carries the stored item.
    public var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure?

    /// Makes a value of its members.
    public init(
        tableName: String,
        key: Item,
        conditionExpression: String? = nil,
        expressionAttributeNames: [String: String]? = nil,
        expressionAttributeValues: [String: AttributeValue]? = nil,
        returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? = nil
    ) {
        self.tableName = tableName
        self.key = key
        self.conditionExpression = conditionExpression
        self.expressionAttributeNames = expressionAttributeNames
        self.expressionAttributeValues = expressionAttributeValues
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(tableName: "", key: [:])
        try json.members(requiring: "TableName", "Key") { json, key throws(DynamoDBError) in
            switch key {
            case "TableName": tableName = try json.value()
            case "Key": self.key = try json.value()
            case "ConditionExpression": conditionExpression = try json.value()
            case "ExpressionAttributeNames": expressionAttributeNames = try json.value()
            case "ExpressionAttributeValues": expressionAttributeValues = try json.placeholderValues()
            case "ReturnValuesOnConditionCheckFailure": returnValuesOnConditionCheckFailure = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TableName", tableName)
            json.member("Key", key)
            json.member("ConditionExpression", conditionExpression)
            json.member("ExpressionAttributeNames", expressionAttributeNames)
            json.member("ExpressionAttributeValues", expressionAttributeValues)
            json.member("ReturnValuesOnConditionCheckFailure", returnValuesOnConditionCheckFailure)
        }
    }
}

/// Checks an item in a transaction without changing it.
public struct ConditionCheck: Sendable, Hashable, JSONCodable {
    /// The table's name, or its ARN.
    public var tableName: String
    /// The primary key: one value for each attribute of the table's key schema.
    public var key: Item
    /// The transaction goes on only when this is true of the stored item.
    public var conditionExpression: String
    /// What the `#name` placeholders in the expressions stand for.
    public var expressionAttributeNames: [String: String]?
    /// What the `:value` placeholders in the expressions stand for.
    public var expressionAttributeValues: [String: AttributeValue]?
    /// Whether a failed condition's error carries the stored item.
    public var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure?

    /// Makes a value of its members.
    public init(
        tableName: String,
        key: Item,
        conditionExpression: String,
        expressionAttributeNames: [String: String]? = nil,
        expressionAttributeValues: [String: AttributeValue]? = nil,
        returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? = nil
    ) {
        self.tableName = tableName
        self.key = key
        self.conditionExpression = conditionExpression
        self.expressionAttributeNames = expressionAttributeNames
        self.expressionAttributeValues = expressionAttributeValues
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(tableName: "", key: [:], conditionExpression: "")
        try json.members(requiring: "TableName", "Key", "ConditionExpression") { json, key throws(DynamoDBError) in
            switch key {
            case "TableName": tableName = try json.value()
            case "Key": self.key = try json.value()
            case "ConditionExpression": conditionExpression = try json.value()
            case "ExpressionAttributeNames": expressionAttributeNames = try json.value()
            case "ExpressionAttributeValues": expressionAttributeValues = try json.placeholderValues()
            case "ReturnValuesOnConditionCheckFailure": returnValuesOnConditionCheckFailure = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TableName", tableName)
            json.member("Key", key)
            json.member("ConditionExpression", conditionExpression)
            json.member("ExpressionAttributeNames", expressionAttributeNames)
            json.member("ExpressionAttributeValues", expressionAttributeValues)
            json.member("ReturnValuesOnConditionCheckFailure", returnValuesOnConditionCheckFailure)
        }
    }
}
