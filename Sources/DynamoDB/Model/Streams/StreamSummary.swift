/// A stream, as ListStreams tells of it: AWS's shape `Stream`.
public struct StreamSummary: Sendable, Hashable, JSONObject {
    /// The stream's ARN.
    public var streamArn: String?
    /// The table whose changes it holds.
    public var tableName: String?
    /// When it was made: with the table's name unique in the account.
    public var streamLabel: String?

    /// Makes a value of its members.
    public init(streamArn: String? = nil, tableName: String? = nil, streamLabel: String? = nil) {
        self.streamArn = streamArn
        self.tableName = tableName
        self.streamLabel = streamLabel
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("StreamArn", &streamArn)
        try members.optional("TableName", &tableName)
        try members.optional("StreamLabel", &streamLabel)
    }
}
