/// Tells the quotas of the account.
///
/// Source: AWS, "DescribeLimits" in the Amazon DynamoDB API reference.
public struct DescribeLimitsInput: Sendable, Hashable, JSONObject {
    /// Makes an empty request.
    public init() {}
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

    private init() { self = .unread }
}
