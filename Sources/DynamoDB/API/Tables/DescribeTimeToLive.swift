/// Asks for a table's state of expiry.
///
/// Source: AWS, "DescribeTimeToLive" in the Amazon DynamoDB API reference.
public struct DescribeTimeToLiveInput: Sendable, Hashable, JSONObject {
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

/// What DescribeTimeToLive returns.
public struct DescribeTimeToLiveOutput: Sendable, Hashable, JSONObject {
    /// The state of expiry.
    public var timeToLiveDescription: TimeToLiveDescription

    /// Makes a response of its members.
    public init(timeToLiveDescription: TimeToLiveDescription) {
        self.timeToLiveDescription = timeToLiveDescription
    }

    package static var unread: Self { Self(timeToLiveDescription: .init(timeToLiveStatus: .disabled)) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TimeToLiveDescription", &timeToLiveDescription)
    }
}
