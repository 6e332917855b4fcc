/// Tells the quotas of the account.
///
/// Source: AWS, "DescribeLimits" in the Amazon DynamoDB API reference.
public struct DescribeLimitsInput: Sendable, Hashable, JSONCodable {
    /// Makes an empty request.
    public init() {}

    package init(json: inout JSONReader) throws(DynamoDBError) {
        try json.members { json, _ throws(DynamoDBError) in try json.skip() }
    }

    package func write(to json: inout JSONWriter) {
        json.object { _ in }
    }
}

/// What DescribeLimits returns.
public struct DescribeLimitsOutput: Sendable, Hashable, JSONCodable {
    /// Read units of all tables together.
    public var accountMaxReadCapacityUnits: Int?
    /// Write units of all tables together.
    public var accountMaxWriteCapacityUnits: Int?
    /// Read units of one table.
    public var tableMaxReadCapacityUnits: Int?
    /// Write units of one table.
    public var tableMaxWriteCapacityUnits: Int?

    /// Makes a response of its members.
    public init(
        accountMaxReadCapacityUnits: Int? = nil,
        accountMaxWriteCapacityUnits: Int? = nil,
        tableMaxReadCapacityUnits: Int? = nil,
        tableMaxWriteCapacityUnits: Int? = nil
    ) {
        self.accountMaxReadCapacityUnits = accountMaxReadCapacityUnits
        self.accountMaxWriteCapacityUnits = accountMaxWriteCapacityUnits
        self.tableMaxReadCapacityUnits = tableMaxReadCapacityUnits
        self.tableMaxWriteCapacityUnits = tableMaxWriteCapacityUnits
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "AccountMaxReadCapacityUnits": accountMaxReadCapacityUnits = try json.value()
            case "AccountMaxWriteCapacityUnits": accountMaxWriteCapacityUnits = try json.value()
            case "TableMaxReadCapacityUnits": tableMaxReadCapacityUnits = try json.value()
            case "TableMaxWriteCapacityUnits": tableMaxWriteCapacityUnits = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("AccountMaxReadCapacityUnits", accountMaxReadCapacityUnits)
            json.member("AccountMaxWriteCapacityUnits", accountMaxWriteCapacityUnits)
            json.member("TableMaxReadCapacityUnits", tableMaxReadCapacityUnits)
            json.member("TableMaxWriteCapacityUnits", tableMaxWriteCapacityUnits)
        }
    }
}
