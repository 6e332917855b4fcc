/// Tells the state of continuous backups.
///
/// Source: AWS, "DescribeContinuousBackups" in the Amazon DynamoDB API reference.
public struct DescribeContinuousBackupsInput: Sendable, Hashable, JSONCodable {
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

/// What DescribeContinuousBackups returns.
public struct DescribeContinuousBackupsOutput: Sendable, Hashable, JSONCodable {
    /// The state.
    public var continuousBackupsDescription: ContinuousBackupsDescription?

    /// Makes a response of its members.
    public init(continuousBackupsDescription: ContinuousBackupsDescription? = nil) {
        self.continuousBackupsDescription = continuousBackupsDescription
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "ContinuousBackupsDescription": continuousBackupsDescription = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ContinuousBackupsDescription", continuousBackupsDescription)
        }
    }
}
