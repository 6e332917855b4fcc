/// Deletes a table and all its items.
///
/// Source: AWS, "DeleteTable" in the Amazon DynamoDB API reference.
public struct DeleteTableInput: Sendable, Hashable {
    /// The table's name, or its ARN.
    public var tableName: String

    /// Makes a request of its members.
    public init(tableName: String) {
        self.tableName = tableName
    }
}

/// What DeleteTable returns.
public struct DeleteTableOutput: Sendable, Hashable {
    /// The table as it now is.
    public var tableDescription: TableDescription

    /// Makes a response of its members.
    public init(tableDescription: TableDescription) {
        self.tableDescription = tableDescription
    }
}
