/// Reads an item in a transaction.
public struct Get: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(tableName: "", key: [:])
        try json.members(requiring: "TableName", "Key") { json, key throws(DynamoDBError) in
            switch key {
            case "TableName": tableName = try json.value()
            case "Key": self.key = try json.value()
            case "ProjectionExpression": projectionExpression = try json.value()
            case "ExpressionAttributeNames": expressionAttributeNames = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TableName", tableName)
            json.member("Key", key)
            json.member("ProjectionExpression", projectionExpression)
            json.member("ExpressionAttributeNames", expressionAttributeNames)
        }
    }
}

/// One read of TransactGetItems.
public struct TransactGetItem: Sendable, Hashable, JSONCodable {
    /// The item to read.
    public var get: Get

    /// Makes a value of its members.
    public init(get: Get) {
        self.get = get
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(get: .init(tableName: "", key: [:]))
        try json.members(requiring: "Get") { json, key throws(DynamoDBError) in
            switch key {
            case "Get": get = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Get", get)
        }
    }
}

/// One item that TransactGetItems found.
public struct ItemResponse: Sendable, Hashable, JSONCodable {
    /// The item found; nil when there is none.
    public var item: Item?

    /// Makes a value of its members.
    public init(item: Item? = nil) {
        self.item = item
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "Item": item = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Item", item)
        }
    }
}
