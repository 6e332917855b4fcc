/// Deletes a table and all its items.
///
/// Source: AWS, "DeleteTable" in the Amazon DynamoDB API reference.
public struct DeleteTableInput: Sendable, Hashable, JSONObject {
    /// The table's name, or its ARN.
    public var tableName: String

    /// Makes a request of its members.
    public init(tableName: String) {
        self.tableName = tableName
    }

    package static var unread: Self { Self(tableName: "") }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableName", &tableName)
    }
}

/// What DeleteTable returns.
public struct DeleteTableOutput: Sendable, Hashable, JSONObject {
    /// The table as it now is.
    public var tableDescription: TableDescription

    /// Makes a response of its members.
    public init(tableDescription: TableDescription) {
        self.tableDescription = tableDescription
    }

    package static var unread: Self { Self(tableDescription: .init(tableName: "", tableStatus: .creating)) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableDescription", &tableDescription)
    }
}
