/// Reads records of a shard.
///
/// Source: AWS, "GetRecords" in the Amazon DynamoDB API reference.
public struct GetRecordsInput: Sendable, Hashable, JSONObject {
    /// Where to begin.
    public var shardIterator: String
    /// The most records to return: 1 to 1,000.
    public var limit: Int?

    /// Makes a request of its members.
    public init(shardIterator: String, limit: Int? = nil) {
        self.shardIterator = shardIterator
        self.limit = limit
    }

    package static var unread: Self { Self(shardIterator: "") }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("ShardIterator", &shardIterator)
        try members.optional("Limit", &limit)
    }
}

/// What GetRecords returns.
public struct GetRecordsOutput: Sendable, Hashable, JSONObject {
    /// Changes in the order in which they were made; up to 1 MB of them.
    public var records: [StreamEvent]?
    /// Where to go on; nil at the end of a closed shard.
    public var nextShardIterator: String?

    /// Makes a response of its members.
    public init(records: [StreamEvent]? = nil, nextShardIterator: String? = nil) {
        self.records = records
        self.nextShardIterator = nextShardIterator
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Records", &records)
        try members.optional("NextShardIterator", &nextShardIterator)
    }
}
