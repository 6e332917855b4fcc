/// Tells the quotas of the account.
///
/// Source: AWS, "DescribeLimits" in the Amazon DynamoDB API reference.
public struct DescribeLimitsInput: Sendable, Hashable, JSONObject {
    /// Makes an empty request.
    public init() {}

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {}
}

/// What DescribeLimits returns.
public struct DescribeLimitsOutput: Sendable, Hashable, JSONObject {
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

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("AccountMaxReadCapacityUnits", &accountMaxReadCapacityUnits)
        try members.optional("AccountMaxWriteCapacityUnits", &accountMaxWriteCapacityUnits)
        try members.optional("TableMaxReadCapacityUnits", &tableMaxReadCapacityUnits)
        try members.optional("TableMaxWriteCapacityUnits", &tableMaxWriteCapacityUnits)
    }
}
