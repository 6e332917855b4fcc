/// Writes an item in a transaction.
public struct Put: Sendable, Hashable {
    /// The whole item, its primary key included.
    public var item: Item
    /// The table's name, or its ARN.
    public var tableName: String
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
        item: Item,
        tableName: String,
        conditionExpression: String? = nil,
        expressionAttributeNames: [String: String]? = nil,
        expressionAttributeValues: [String: AttributeValue]? = nil,
        returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? = nil
    ) {
        self.item = item
        self.tableName = tableName
        self.conditionExpression = conditionExpression
        self.expressionAttributeNames = expressionAttributeNames
        self.expressionAttributeValues = expressionAttributeValues
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
    }
}

/// Changes an item in a transaction.
public struct Update: Sendable, Hashable {
    /// The primary key: one value for each attribute of the table's key schema.
    public var key: Item
    /// The `SET`, `REMOVE`, `ADD` and `DELETE` actions to apply.
    public var updateExpression: String
    /// The table's name, or its ARN.
    public var tableName: String
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
        key: Item,
        updateExpression: String,
        tableName: String,
        conditionExpression: String? = nil,
        expressionAttributeNames: [String: String]? = nil,
        expressionAttributeValues: [String: AttributeValue]? = nil,
        returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? = nil
    ) {
        self.key = key
        self.updateExpression = updateExpression
        self.tableName = tableName
        self.conditionExpression = conditionExpression
        self.expressionAttributeNames = expressionAttributeNames
        self.expressionAttributeValues = expressionAttributeValues
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
    }
}

/// Deletes an item in a transaction.
public struct Delete: Sendable, Hashable {
    /// The primary key: one value for each attribute of the table's key schema.
    public var key: Item
    /// The table's name, or its ARN.
    public var tableName: String
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
        key: Item,
        tableName: String,
        conditionExpression: String? = nil,
        expressionAttributeNames: [String: String]? = nil,
        expressionAttributeValues: [String: AttributeValue]? = nil,
        returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? = nil
    ) {
        self.key = key
        self.tableName = tableName
        self.conditionExpression = conditionExpression
        self.expressionAttributeNames = expressionAttributeNames
        self.expressionAttributeValues = expressionAttributeValues
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
    }
}

/// Checks an item in a transaction without changing it.
public struct ConditionCheck: Sendable, Hashable {
    /// The primary key: one value for each attribute of the table's key schema.
    public var key: Item
    /// The table's name, or its ARN.
    public var tableName: String
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
        key: Item,
        tableName: String,
        conditionExpression: String,
        expressionAttributeNames: [String: String]? = nil,
        expressionAttributeValues: [String: AttributeValue]? = nil,
        returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? = nil
    ) {
        self.key = key
        self.tableName = tableName
        self.conditionExpression = conditionExpression
        self.expressionAttributeNames = expressionAttributeNames
        self.expressionAttributeValues = expressionAttributeValues
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
    }
}
