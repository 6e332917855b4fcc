/// A part of a stream with an order of its own. Each item's changes are all in one shard.
public struct Shard: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "ShardId": shardId = try json.value()
            case "SequenceNumberRange": sequenceNumberRange = try json.value()
            case "ParentShardId": parentShardId = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ShardId", shardId)
            json.member("SequenceNumberRange", sequenceNumberRange)
            json.member("ParentShardId", parentShardId)
        }
    }
}

/// The first and the last sequence number of a shard.
public struct SequenceNumberRange: Sendable, Hashable, JSONCodable {
    /// No record has a smaller one.
    public var startingSequenceNumber: String?
    /// No record has a greater one; nil while the shard is open.
    public var endingSequenceNumber: String?

    /// Makes a value of its members.
    public init(startingSequenceNumber: String? = nil, endingSequenceNumber: String? = nil) {
        self.startingSequenceNumber = startingSequenceNumber
        self.endingSequenceNumber = endingSequenceNumber
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "StartingSequenceNumber": startingSequenceNumber = try json.value()
            case "EndingSequenceNumber": endingSequenceNumber = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("StartingSequenceNumber", startingSequenceNumber)
            json.member("EndingSequenceNumber", endingSequenceNumber)
        }
    }
}
