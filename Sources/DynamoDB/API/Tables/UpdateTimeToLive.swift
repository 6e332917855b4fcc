/// Turns expiry of items on or off.
///
/// Source: AWS, "UpdateTimeToLive" in the Amazon DynamoDB API reference.
public struct UpdateTimeToLiveInput: Sendable, Hashable, JSONCodable {
    /// The table's name, or its ARN.
    public var tableName: String
    /// The expiry attribute, and whether expiry is on.
    public var timeToLiveSpecification: TimeToLiveSpecification

    /// Makes a request of its members.
    public init(tableName: String, timeToLiveSpecification: TimeToLiveSpecification) {
        self.tableName = tableName
        self.timeToLiveSpecification = timeToLiveSpecification
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(tableName: "", timeToLiveSpecification: .init(attributeName: "", enabled: false))
        try json.members(requiring: "TableName", "TimeToLiveSpecification") { json, key throws(DynamoDBError) in
            switch key {
            case "TableName": tableName = try json.value()
            case "TimeToLiveSpecification": timeToLiveSpecification = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TableName", tableName)
            json.member("TimeToLiveSpecification", timeToLiveSpecification)
        }
    }
}

/// What UpdateTimeToLive returns.
public struct UpdateTimeToLiveOutput: Sendable, Hashable, JSONCodable {
    /// The expiry attribute, and whether expiry is on.
    public var timeToLiveSpecification: TimeToLiveSpecification

    /// Makes a response of its members.
    public init(timeToLiveSpecification: TimeToLiveSpecification) {
        self.timeToLiveSpecification = timeToLiveSpecification
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(timeToLiveSpecification: .init(attributeName: "", enabled: false))
        try json.members(requiring: "TimeToLiveSpecification") { json, key throws(DynamoDBError) in
            switch key {
            case "TimeToLiveSpecification": timeToLiveSpecification = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TimeToLiveSpecification", timeToLiveSpecification)
        }
    }
}
