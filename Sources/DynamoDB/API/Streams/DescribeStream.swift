/// Asks for a stream's description and a page of its shards.
///
/// Source: AWS, "DescribeStream" in the Amazon DynamoDB API reference.
public struct DescribeStreamInput: Sendable, Hashable, JSONObject {
    /// The stream's ARN.
    public var streamArn: String
    /// The most shards to return: 1 to 100.
    public var limit: Int?
    /// The last page's ``StreamDescription/lastEvaluatedShardId``, to go on after it.
    public var exclusiveStartShardId: String?
    /// Which shards to return; all without.
    public var shardFilter: ShardFilter?

    /// Makes a request of its members.
    public init(
        streamArn: String, limit: Int? = nil, exclusiveStartShardId: String? = nil, shardFilter: ShardFilter? = nil
    ) {
        self.streamArn = streamArn
        self.limit = limit
        self.exclusiveStartShardId = exclusiveStartShardId
        self.shardFilter = shardFilter
    }

    package static var unread: Self { Self(streamArn: "") }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("StreamArn", &streamArn)
        try members.optional("Limit", &limit)
        try members.optional("ExclusiveStartShardId", &exclusiveStartShardId)
        try members.optional("ShardFilter", &shardFilter)
    }
}

/// What DescribeStream returns.
public struct DescribeStreamOutput: Sendable, Hashable, JSONObject {
    /// The stream and its shards.
    public var streamDescription: StreamDescription

    /// Makes a response of its members.
    public init(streamDescription: StreamDescription) {
        self.streamDescription = streamDescription
    }

    package static var unread: Self { Self(streamDescription: .init(streamArn: "")) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("StreamDescription", &streamDescription)
    }
}
