/// A part of a stream with an order of its own. Each item's changes are all in one shard.
public struct Shard: Sendable, Hashable, JSONObject {
    /// The shard's name.
    public var shardId: String?
    /// The sequence numbers of its records.
    public var sequenceNumberRange: SequenceNumberRange?
    /// The shard that it goes on from.
    public var parentShardId: String?

    /// Makes a value of its members.
    public init(shardId: String? = nil, sequenceNumberRange: SequenceNumberRange? = nil, parentShardId: String? = nil) {
        self.shardId = shardId
        self.sequenceNumberRange = sequenceNumberRange
        self.parentShardId = parentShardId
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ShardId", &shardId)
        try members.optional("SequenceNumberRange", &sequenceNumberRange)
        try members.optional("ParentShardId", &parentShardId)
    }
}

/// The first and the last sequence number of a shard.
public struct SequenceNumberRange: Sendable, Hashable, JSONObject {
    /// No record has a smaller one.
    public var startingSequenceNumber: String?
    /// No record has a greater one; nil while the shard is open.
    public var endingSequenceNumber: String?

    /// Makes a value of its members.
    public init(startingSequenceNumber: String? = nil, endingSequenceNumber: String? = nil) {
        self.startingSequenceNumber = startingSequenceNumber
        self.endingSequenceNumber = endingSequenceNumber
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("StartingSequenceNumber", &startingSequenceNumber)
        try members.optional("EndingSequenceNumber", &endingSequenceNumber)
    }
}
