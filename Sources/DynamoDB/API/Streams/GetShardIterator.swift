/// Asks for a place in a shard to read from.
///
/// Source: AWS, "GetShardIterator" in the Amazon DynamoDB API reference.
public struct GetShardIteratorInput: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(streamArn: "", shardId: "", shardIteratorType: .latest)
        try json.members(requiring: "StreamArn", "ShardId", "ShardIteratorType") { json, key throws(DynamoDBError) in
            switch key {
            case "StreamArn": streamArn = try json.value()
            case "ShardId": shardId = try json.value()
            case "ShardIteratorType": shardIteratorType = try json.value()
            case "SequenceNumber": sequenceNumber = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("StreamArn", streamArn)
            json.member("ShardId", shardId)
            json.member("ShardIteratorType", shardIteratorType)
            json.member("SequenceNumber", sequenceNumber)
        }
    }
}

/// What GetShardIterator returns.
public struct GetShardIteratorOutput: Sendable, Hashable, JSONCodable {
    /// The place, good for fifteen minutes.
    public var shardIterator: String?

    /// Makes a response of its members.
    public init(shardIterator: String? = nil) {
        self.shardIterator = shardIterator
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "ShardIterator": shardIterator = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ShardIterator", shardIterator)
        }
    }
}
