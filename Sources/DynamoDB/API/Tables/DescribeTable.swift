/// Asks for a table's description.
///
/// Source: AWS, "DescribeTable" in the Amazon DynamoDB API reference.
public struct DescribeTableInput: Sendable, Hashable {
    /// The table's name, or its ARN.
    public var tableName: String

    /// Makes a request of its members.
    public init(tableName: String) {
        self.tableName = tableName
    }
}

/// What DescribeTable returns.
public struct DescribeTableOutput: Sendable, Hashable {
    /// The table as it now is.
    public var table: TableDescription

    /// Makes a response of its members.
    public init(table: TableDescription) {
        self.table = table
    }
}
