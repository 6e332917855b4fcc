/// Deletes a table and all its items.
///
/// Source: AWS, "DeleteTable" in the Amazon DynamoDB API reference.
public struct DeleteTableInput: Sendable, Hashable, JSONCodable {
    /// The table's name, or its ARN.
    public var tableName: String

    /// Makes a request of its members.
    public init(tableName: String) {
        self.tableName = tableName
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(tableName: "")
        try json.members(requiring: "TableName") { json, key throws(DynamoDBError) in
            switch key {
            case "TableName": tableName = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TableName", tableName)
        }
    }
}

/// What DeleteTable returns.
public struct DeleteTableOutput: Sendable, Hashable, JSONCodable {
    /// The table as it now is.
    public var tableDescription: TableDescription

    /// Makes a response of its members.
    public init(tableDescription: TableDescription) {
        self.tableDescription = tableDescription
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(tableDescription: .init(tableName: "", tableStatus: .creating))
        try json.members(requiring: "TableDescription") { json, key throws(DynamoDBError) in
            switch key {
            case "TableDescription": tableDescription = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TableDescription", tableDescription)
        }
    }
}
