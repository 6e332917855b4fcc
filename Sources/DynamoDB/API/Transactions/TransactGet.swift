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

    /// Makes a value of its members.
    public init(
        tableName: String,
        key: Item,
        projectionExpression: String? = nil,
        expressionAttributeNames: [String: String]? = nil
    ) {
        self.tableName = tableName
        self.key = key
        self.projectionExpression = projectionExpression
        self.expressionAttributeNames = expressionAttributeNames
    }

    package static var unread: Self { Self(tableName: "", key: [:]) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableName", &tableName)
        try members.required("Key", &key)
        try members.optional("ProjectionExpression", &projectionExpression)
        try members.optional("ExpressionAttributeNames", &expressionAttributeNames)
    }
}

/// One read of TransactGetItems.
public struct TransactGetItem: Sendable, Hashable, JSONObject {
    /// The item to read.
    public var get: Get

    /// Makes a value of its members.
    public init(get: Get) {
        self.get = get
    }

    package static var unread: Self { Self(get: .init(tableName: "", key: [:])) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("Get", &get)
    }
}

/// One item that TransactGetItems found.
public struct ItemResponse: Sendable, Hashable, JSONObject {
    /// The item found; nil when there is none.
    public var item: Item?

    /// Makes a value of its members.
    public init(item: Item? = nil) {
        self.item = item
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Item", &item)
    }
}
