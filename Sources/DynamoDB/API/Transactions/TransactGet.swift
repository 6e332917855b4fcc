/// Reads an item in a transaction.
public struct Get: Sendable, Hashable, JSONObject {
    /// The table's name, or its ARN.
    public var tableName: String
    /// The primary key: one value for each attribute of the table's key schema.
    public var key: Item
    /// The attributes to return, comma-separated; nil for all.
    public var projectionExpression: String?
    /// What the `#name` placeholders in the expressions stand for.
    public var expressionAttributeNames: [String: String]?

    private init() { self = .unread }
}

/// One read of TransactGetItems.
public struct TransactGetItem: Sendable, Hashable, JSONObject {
    /// The item to read.
    public var get: Get

    private init() { self = .unread }
}

/// One item that TransactGetItems found.
public struct ItemResponse: Sendable, Hashable, JSONObject {
    /// The item found; nil when there is none.
    public var item: Item?

    private init() { self = .unread }
}
