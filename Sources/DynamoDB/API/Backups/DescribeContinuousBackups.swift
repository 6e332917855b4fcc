/// Tells the state of continuous backups.
///
/// Source: AWS, "DescribeContinuousBackups" in the Amazon DynamoDB API reference.
public struct DescribeContinuousBackupsInput: Sendable, Hashable, JSONObject {
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

/// What DescribeContinuousBackups returns.
public struct DescribeContinuousBackupsOutput: Sendable, Hashable, JSONObject {
    /// The state.
    public var continuousBackupsDescription: ContinuousBackupsDescription?

    /// Makes a response of its members.
    public init(continuousBackupsDescription: ContinuousBackupsDescription? = nil) {
        self.continuousBackupsDescription = continuousBackupsDescription
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ContinuousBackupsDescription", &continuousBackupsDescription)
    }
}
