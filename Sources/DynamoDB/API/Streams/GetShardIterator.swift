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

    /// Makes a request of its members.
    public init(
        streamArn: String, shardId: String, shardIteratorType: ShardIteratorType, sequenceNumber: String? = nil
    ) {
        self.streamArn = streamArn
        self.shardId = shardId
        self.shardIteratorType = shardIteratorType
        self.sequenceNumber = sequenceNumber
    }

    package static var unread: Self { Self(streamArn: "", shardId: "", shardIteratorType: .latest) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("StreamArn", &streamArn)
        try members.required("ShardId", &shardId)
        try members.required("ShardIteratorType", &shardIteratorType)
        try members.optional("SequenceNumber", &sequenceNumber)
    }
}

/// What GetShardIterator returns.
public struct GetShardIteratorOutput: Sendable, Hashable, JSONObject {
    /// The place, good for fifteen minutes.
    public var shardIterator: String?

    /// Makes a response of its members.
    public init(shardIterator: String? = nil) {
        self.shardIterator = shardIterator
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ShardIterator", &shardIterator)
    }
}
