/// Tells the state of continuous backups.
///
/// Source: AWS, "DescribeContinuousBackups" in the Amazon DynamoDB API reference.
public struct DescribeContinuousBackupsInput: Sendable, Hashable, JSONObject {
    /// The table's name, or its ARN.
    public var tableName: String

    private init() { self = .unread }
}

/// What DescribeContinuousBackups returns.
public struct DescribeContinuousBackupsOutput: Sendable, Hashable, JSONObject {
    /// The state.
    public var continuousBackupsDescription: ContinuousBackupsDescription?

    private init() { self = .unread }
}
