/// Asks for a table's description.
///
/// Source: AWS, "DescribeTable" in the Amazon DynamoDB API reference.
public struct DescribeTableInput: Sendable, Hashable, JSONObject {
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

/// What DescribeTable returns.
public struct DescribeTableOutput: Sendable, Hashable, JSONObject {
    /// The table as it now is.
    public var table: TableDescription

    /// Makes a response of its members.
    public init(table: TableDescription) {
        self.table = table
    }

    package static var unread: Self { Self(table: .init(tableName: "", tableStatus: .creating)) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("Table", &table)
    }
}
