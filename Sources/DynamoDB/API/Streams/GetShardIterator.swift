/// Asks for a place in a shard to read from.
///
/// Source: AWS, "GetShardIterator" in the Amazon DynamoDB API reference.
public struct GetShardIteratorInput: Sendable, Hashable, JSONObject {
    /// The stream's ARN.
    public var streamArn: String
    /// The shard.
    public var shardId: String
    /// Which place in the shard.
    public var shardIteratorType: ShardIteratorType
    /// The record at or after which to begin, for the types that need it.
    public var sequenceNumber: String?
    /// The moment from which on records are wanted, in seconds since 1970, for the type that needs it.
    public var timestamp: Double?

    private init() { self = .unread }
}

/// What GetShardIterator returns.
public struct GetShardIteratorOutput: Sendable, Hashable, JSONObject {
    /// The place, good for fifteen minutes.
    public var shardIterator: String?

    private init() { self = .unread }
}
