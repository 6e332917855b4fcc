/// A part of a stream with an order of its own. Each item's changes are all in one shard.
public struct Shard: Sendable, Hashable, JSONObject {
    /// The shard's name.
    public var shardId: String?
    /// The sequence numbers of its records.
    public var sequenceNumberRange: SequenceNumberRange?
    /// The shard that it goes on from.
    public var parentShardId: String?

    private init() { self = .unread }
}

/// The first and the last sequence number of a shard.
public struct SequenceNumberRange: Sendable, Hashable, JSONObject {
    /// No record has a smaller one.
    public var startingSequenceNumber: String?
    /// No record has a greater one; nil while the shard is open.
    public var endingSequenceNumber: String?

    private init() { self = .unread }
}
