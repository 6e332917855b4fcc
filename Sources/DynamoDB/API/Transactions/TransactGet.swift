/// Reads an item in a transaction.
public struct Get: Sendable, Hashable {
    /// The primary key: one value for each attribute of the table's key schema.
    public var key: Item
    /// The table's name, or its ARN.
    public var tableName: String
    /// The attributes to return, comma-separated; nil for all.
    public var projectionExpression: String?
    /// What the `#name` placeholders in the expressions stand for.
    public var expressionAttributeNames: [String: String]?

    /// Makes a value of its members.
    public init(
        key: Item,
        tableName: String,
        projectionExpression: String? = nil,
        expressionAttributeNames: [String: String]? = nil
    ) {
        self.key = key
        self.tableName = tableName
        self.projectionExpression = projectionExpression
        self.expressionAttributeNames = expressionAttributeNames
    }
}

/// One read of TransactGetItems.
public struct TransactGetItem: Sendable, Hashable {
    /// The item to read.
    public var get: Get

    /// Makes a value of its members.
    public init(get: Get) {
        self.get = get
    }
}

/// One item that TransactGetItems found.
public struct ItemResponse: Sendable, Hashable {
    /// The item found; nil when there is none.
    public var item: Item?

    /// Makes a value of its members.
    public init(item: Item? = nil) {
        self.item = item
    }
}
