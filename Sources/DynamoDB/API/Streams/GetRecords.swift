/// Reads records of a shard.
///
/// Source: AWS, "GetRecords" in the Amazon DynamoDB API reference.
public struct GetRecordsInput: Sendable, Hashable, JSONCodable {
    /// Where to begin.
    public var shardIterator: String
    /// The most records to return: 1 to 1,000.
    public var limit: Int?

    /// Makes a request of its members.
    public init(shardIterator: String, limit: Int? = nil) {
        self.shardIterator = shardIterator
        self.limit = limit
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(shardIterator: "")
        try json.members(requiring: "ShardIterator") { json, key throws(DynamoDBError) in
            switch key {
            case "ShardIterator": shardIterator = try json.value()
            case "Limit": limit = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ShardIterator", shardIterator)
            json.member("Limit", limit)
        }
    }
}

/// What GetRecords returns.
public struct GetRecordsOutput: Sendable, Hashable, JSONCodable {
    /// Changes in the order in which they were made; up to 1 MB of them.
    public var records: [StreamEvent]?
    /// Where to go on; nil at the end of a closed shard.
    public var nextShardIterator: String?

    /// Makes a response of its members.
    public init(records: [StreamEvent]? = nil, nextShardIterator: String? = nil) {
        self.records = records
        self.nextShardIterator = nextShardIterator
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "Records": records = try json.value()
            case "NextShardIterator": nextShardIterator = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Records", records)
            json.member("NextShardIterator", nextShardIterator)
        }
    }
}
