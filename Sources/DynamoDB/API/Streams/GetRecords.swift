/// Reads records of a shard.
///
/// Source: AWS, "GetRecords" in the Amazon DynamoDB API reference.
public struct GetRecordsInput: Sendable, Hashable, JSONObject {
    /// Where to begin.
    public var shardIterator: String
    /// The most records to return: 1 to 1,000.
    public var limit: Int?

    private init() { self = .unread }
}

/// What GetRecords returns.
public struct GetRecordsOutput: Sendable, Hashable, JSONObject {
    /// Changes in the order in which they were made; up to 1 MB of them.
    public var records: [StreamEvent]?
    /// Where to go on; nil at the end of a closed shard.
    public var nextShardIterator: String?

    private init() { self = .unread }
}
