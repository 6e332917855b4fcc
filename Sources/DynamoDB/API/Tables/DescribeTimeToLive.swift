/// Asks for a table's state of expiry.
///
/// Source: AWS, "DescribeTimeToLive" in the Amazon DynamoDB API reference.
public struct DescribeTimeToLiveInput: Sendable, Hashable {
    /// The table's name, or its ARN.
    public var tableName: String

    /// Makes a request of its members.
    public init(tableName: String) {
        self.tableName = tableName
    }
}

/// What DescribeTimeToLive returns.
public struct DescribeTimeToLiveOutput: Sendable, Hashable {
    /// The state of expiry.
    public var timeToLiveDescription: TimeToLiveDescription

    /// Makes a response of its members.
    public init(timeToLiveDescription: TimeToLiveDescription) {
        self.timeToLiveDescription = timeToLiveDescription
    }
}
