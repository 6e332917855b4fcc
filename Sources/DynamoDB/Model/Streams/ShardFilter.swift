/// How shards are chosen.
public enum ShardFilterType: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// Those that go on from a given one.
    case childShards = "CHILD_SHARDS"
}

/// Which shards DescribeStream returns.
public struct ShardFilter: Sendable, Hashable, JSONObject {
    /// How they are chosen.
    public var type: ShardFilterType?
    /// The shard whose children are wanted.
    public var shardId: String?

    private init() { self = .unread }
}
