public import DynamoDB

extension Engine {
    /// Describes a stream and its shards. A shard lasts as long as its stream and has no children.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`.
    public func describeStream(_ input: DescribeStreamInput) async throws -> DescribeStreamOutput {
        try await perform("DescribeStream", input) { core in
            let limit = try pageLimit(input.limit, atMost: Limits.describedShards)
            let stream = try core.stream(withARN: input.streamArn, region: region)
            var shards = stream.shards
            if let filter = input.shardFilter {
                guard filter.type != nil, let parent = filter.shardId else {
                    throw DynamoDBError.invalidParameter("ShardFilter must have both Type and ShardId")
                }
                _ = try stream.shard(withID: parent)
                shards = []
            }
            if let start = input.exclusiveStartShardId {
                let last = try stream.shard(withID: start)
                shards.removeAll { $0.number <= last.number }
            }
            let page = shards.prefix(limit)
            var description = stream.description
            description.shards = page.map(stream.description)
            description.lastEvaluatedShardId = page.count < shards.count ? page.last.map(stream.id) : nil
            return DescribeStreamOutput(streamDescription: description)
        }
    }
}
