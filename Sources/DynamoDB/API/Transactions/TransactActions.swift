/// Writes an item in a transaction.
public struct Put: Sendable, Hashable, JSONObject {
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

    package static var unread: Self { Self(tableName: "", item: [:]) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableName", &tableName)
        try members.required("Item", &item)
        try members.optional("ConditionExpression", &conditionExpression)
        try members.optional("ExpressionAttributeNames", &expressionAttributeNames)
        try members.placeholders("ExpressionAttributeValues", &expressionAttributeValues)
        try members.optional("ReturnValuesOnConditionCheckFailure", &returnValuesOnConditionCheckFailure)
    }
}

/// Changes an item in a transaction.
public struct Update: Sendable, Hashable, JSONObject {
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

    package static var unread: Self { Self(tableName: "", key: [:], updateExpression: "") }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableName", &tableName)
        try members.required("Key", &key)
        try members.required("UpdateExpression", &updateExpression)
        try members.optional("ConditionExpression", &conditionExpression)
        try members.optional("ExpressionAttributeNames", &expressionAttributeNames)
        try members.placeholders("ExpressionAttributeValues", &expressionAttributeValues)
        try members.optional("ReturnValuesOnConditionCheckFailure", &returnValuesOnConditionCheckFailure)
    }
}

/// Deletes an item in a transaction.
public struct Delete: Sendable, Hashable, JSONObject {
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

    package static var unread: Self { Self(tableName: "", key: [:]) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableName", &tableName)
        try members.required("Key", &key)
        try members.optional("ConditionExpression", &conditionExpression)
        try members.optional("ExpressionAttributeNames", &expressionAttributeNames)
        try members.placeholders("ExpressionAttributeValues", &expressionAttributeValues)
        try members.optional("ReturnValuesOnConditionCheckFailure", &returnValuesOnConditionCheckFailure)
    }
}

/// Checks an item in a transaction without changing it.
public struct ConditionCheck: Sendable, Hashable, JSONObject {
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

    package static var unread: Self { Self(tableName: "", key: [:], conditionExpression: "") }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableName", &tableName)
        try members.required("Key", &key)
        try members.required("ConditionExpression", &conditionExpression)
        try members.optional("ExpressionAttributeNames", &expressionAttributeNames)
        try members.placeholders("ExpressionAttributeValues", &expressionAttributeValues)
        try members.optional("ReturnValuesOnConditionCheckFailure", &returnValuesOnConditionCheckFailure)
    }
}
