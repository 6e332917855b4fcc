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

    /// Makes a value of its members.
    public init(type: ShardFilterType? = nil, shardId: String? = nil) {
        self.type = type
        self.shardId = shardId
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Type", &type)
        try members.optional("ShardId", &shardId)
    }
}
