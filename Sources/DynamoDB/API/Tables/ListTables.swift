/// Asks for a page of table names.
///
/// Source: AWS, "ListTables" in the Amazon DynamoDB API reference.
public struct ListTablesInput: Sendable, Hashable, JSONObject {
    /// The last page's ``lastEvaluatedTableName``, to go on after it.
    public var exclusiveStartTableName: String?
    /// The most names to return: 1 to 100.
    public var limit: Int?

    /// Makes a request of its members.
    public init(exclusiveStartTableName: String? = nil, limit: Int? = nil) {
        self.exclusiveStartTableName = exclusiveStartTableName
        self.limit = limit
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ExclusiveStartTableName", &exclusiveStartTableName)
        try members.optional("Limit", &limit)
    }
}

/// What ListTables returns.
public struct ListTablesOutput: Sendable, Hashable, JSONObject {
    /// Names in ascending order.
    public var tableNames: [String]
    /// Where this page ended; nil when there is nothing more.
    public var lastEvaluatedTableName: String?

    /// Makes a response of its members.
    public init(tableNames: [String], lastEvaluatedTableName: String? = nil) {
        self.tableNames = tableNames
        self.lastEvaluatedTableName = lastEvaluatedTableName
    }

    package static var unread: Self { Self(tableNames: []) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableNames", &tableNames)
        try members.optional("LastEvaluatedTableName", &lastEvaluatedTableName)
    }
}
