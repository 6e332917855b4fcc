/// Asks for a table's state of expiry.
///
/// Source: AWS, "DescribeTimeToLive" in the Amazon DynamoDB API reference.
public struct DescribeTimeToLiveInput: Sendable, Hashable, JSONCodable {
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

/// What DescribeTimeToLive returns.
public struct DescribeTimeToLiveOutput: Sendable, Hashable, JSONCodable {
    /// The state of expiry.
    public var timeToLiveDescription: TimeToLiveDescription

    /// Makes a response of its members.
    public init(timeToLiveDescription: TimeToLiveDescription) {
        self.timeToLiveDescription = timeToLiveDescription
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(timeToLiveDescription: .init(timeToLiveStatus: .disabled))
        try json.members(requiring: "TimeToLiveDescription") { json, key throws(DynamoDBError) in
            switch key {
            case "TimeToLiveDescription": timeToLiveDescription = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TimeToLiveDescription", timeToLiveDescription)
        }
    }
}
