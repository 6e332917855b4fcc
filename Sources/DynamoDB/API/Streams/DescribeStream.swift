/// Asks for a stream's description and a page of its shards.
///
/// Source: AWS, "DescribeStream" in the Amazon DynamoDB API reference.
public struct DescribeStreamInput: Sendable, Hashable, JSONCodable {
    /// The stream's ARN.
    public var streamArn: String
    /// The most shards to return: 1 to 100.
    public var limit: Int?
    /// The last page's ``StreamDescription/lastEvaluatedShardId``, to go on after it.
    public var exclusiveStartShardId: String?
    /// Which shards to return; all without.
    public var shardFilter: ShardFilter?

    /// Makes a request of its members.
    public init(
        streamArn: String, limit: Int? = nil, exclusiveStartShardId: String? = nil, shardFilter: ShardFilter? = nil
    ) {
        self.streamArn = streamArn
        self.limit = limit
        self.exclusiveStartShardId = exclusiveStartShardId
        self.shardFilter = shardFilter
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(streamArn: "")
        try json.members(requiring: "StreamArn") { json, key throws(DynamoDBError) in
            switch key {
            case "StreamArn": streamArn = try json.value()
            case "Limit": limit = try json.value()
            case "ExclusiveStartShardId": exclusiveStartShardId = try json.value()
            case "ShardFilter": shardFilter = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("StreamArn", streamArn)
            json.member("Limit", limit)
            json.member("ExclusiveStartShardId", exclusiveStartShardId)
            json.member("ShardFilter", shardFilter)
        }
    }
}

/// What DescribeStream returns.
public struct DescribeStreamOutput: Sendable, Hashable, JSONCodable {
    /// The stream and its shards.
    public var streamDescription: StreamDescription

    /// Makes a response of its members.
    public init(streamDescription: StreamDescription) {
        self.streamDescription = streamDescription
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(streamDescription: .init(streamArn: ""))
        try json.members(requiring: "StreamDescription") { json, key throws(DynamoDBError) in
            switch key {
            case "StreamDescription": streamDescription = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("StreamDescription", streamDescription)
        }
    }
}
