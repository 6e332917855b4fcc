/// Asks for a page of table names.
///
/// Source: AWS, "ListTables" in the Amazon DynamoDB API reference.
public struct ListTablesInput: Sendable, Hashable, JSONObject {
    /// The last page's ``lastEvaluatedTableName``, to go on after it.
    public var exclusiveStartTableName: String?
    /// The most names to return: 1 to 100.
    public var limit: Int?

    private init() { self = .unread }
}

/// What ListTables returns.
public struct ListTablesOutput: Sendable, Hashable, JSONObject {
    /// Names in ascending order.
    public var tableNames: [String]
    /// Where this page ended; nil when there is nothing more.
    public var lastEvaluatedTableName: String?

    private init() { self = .unread }
}
