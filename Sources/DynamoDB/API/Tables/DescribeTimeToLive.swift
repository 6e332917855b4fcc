/// Asks for a table's state of expiry.
///
/// Source: AWS, "DescribeTimeToLive" in the Amazon DynamoDB API reference.
public struct DescribeTimeToLiveInput: Sendable, Hashable, JSONObject {
    /// The table's name, or its ARN.
    public var tableName: String

    private init() { self = .unread }
}

/// What DescribeTimeToLive returns.
public struct DescribeTimeToLiveOutput: Sendable, Hashable, JSONObject {
    /// The state of expiry.
    public var timeToLiveDescription: TimeToLiveDescription

    private init() { self = .unread }
}
