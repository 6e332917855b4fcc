/// Asks for a table's description.
///
/// Source: AWS, "DescribeTable" in the Amazon DynamoDB API reference.
public struct DescribeTableInput: Sendable, Hashable, JSONObject {
    /// The table's name, or its ARN.
    public var tableName: String

    private init() { self = .unread }
}

/// What DescribeTable returns.
public struct DescribeTableOutput: Sendable, Hashable, JSONObject {
    /// The table as it now is.
    public var table: TableDescription

    private init() { self = .unread }
}
