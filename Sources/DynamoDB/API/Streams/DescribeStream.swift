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

    private init() { self = .unread }
}

/// What DescribeStream returns.
public struct DescribeStreamOutput: Sendable, Hashable, JSONObject {
    /// The stream and its shards.
    public var streamDescription: StreamDescription

    private init() { self = .unread }
}
