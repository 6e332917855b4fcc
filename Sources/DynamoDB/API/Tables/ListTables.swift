/// Asks for a page of table names.
///
/// Source: AWS, "ListTables" in the Amazon DynamoDB API reference.
public struct ListTablesInput: Sendable, Hashable, JSONCodable {
    /// The last page's ``lastEvaluatedTableName``, to go on after it.
    public var exclusiveStartTableName: String?
    /// The most names to return: 1 to 100.
    public var limit: Int?

    /// Makes a request of its members.
    public init(exclusiveStartTableName: String? = nil, limit: Int? = nil) {
        self.exclusiveStartTableName = exclusiveStartTableName
        self.limit = limit
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "ExclusiveStartTableName": exclusiveStartTableName = try json.value()
            case "Limit": limit = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ExclusiveStartTableName", exclusiveStartTableName)
            json.member("Limit", limit)
        }
    }
}

/// What ListTables returns.
public struct ListTablesOutput: Sendable, Hashable, JSONCodable {
    /// Names in ascending order.
    public var tableNames: [String]
    /// Where this page ended; nil when there is nothing more.
    public var lastEvaluatedTableName: String?

    /// Makes a response of its members.
    public init(tableNames: [String], lastEvaluatedTableName: String? = nil) {
        self.tableNames = tableNames
        self.lastEvaluatedTableName = lastEvaluatedTableName
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(tableNames: [])
        try json.members(requiring: "TableNames") { json, key throws(DynamoDBError) in
            switch key {
            case "TableNames": tableNames = try json.value()
            case "LastEvaluatedTableName": lastEvaluatedTableName = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TableNames", tableNames)
            json.member("LastEvaluatedTableName", lastEvaluatedTableName)
        }
    }
}
