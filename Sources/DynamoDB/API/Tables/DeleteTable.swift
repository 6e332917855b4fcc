/// Deletes a table and all its items.
///
/// Source: AWS, "DeleteTable" in the Amazon DynamoDB API reference.
public struct DeleteTableInput: Sendable, Hashable, JSONObject {
    /// The table's name, or its ARN.
    public var tableName: String

    private init() { self = .unread }
}

/// What DeleteTable returns.
public struct DeleteTableOutput: Sendable, Hashable, JSONObject {
    /// The table as it now is.
    public var tableDescription: TableDescription

    private init() { self = .unread }
}
