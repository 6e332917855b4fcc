/// Asks for a table's description.
///
/// Source: AWS, "DescribeTable" in the Amazon DynamoDB API reference.
public struct DescribeTableInput: Sendable, Hashable, JSONCodable {
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

/// What DescribeTable returns.
public struct DescribeTableOutput: Sendable, Hashable, JSONCodable {
    /// The table as it now is.
    public var table: TableDescription

    /// Makes a response of its members.
    public init(table: TableDescription) {
        self.table = table
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(table: .init(tableName: "", tableStatus: .creating))
        try json.members(requiring: "Table") { json, key throws(DynamoDBError) in
            switch key {
            case "Table": table = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Table", table)
        }
    }
}
