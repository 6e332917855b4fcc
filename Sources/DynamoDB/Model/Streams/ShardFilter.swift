/// How shards are chosen.
public enum ShardFilterType: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// Those that go on from a given one.
    case childShards = "CHILD_SHARDS"
}

/// Which shards DescribeStream returns.
public struct ShardFilter: Sendable, Hashable, JSONCodable {
    /// How they are chosen.
    public var type: ShardFilterType?
    /// The shard whose children are wanted.
    public var shardId: String?

    /// Makes a value of its members.
    public init(type: ShardFilterType? = nil, shardId: String? = nil) {
        self.type = type
        self.shardId = shardId
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "Type": type = try json.value()
            case "ShardId": shardId = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Type", type)
            json.member("ShardId", shardId)
        }
    }
}
