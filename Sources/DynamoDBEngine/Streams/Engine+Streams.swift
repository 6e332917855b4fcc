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

extension Engine {
    /// Reads changes from a shard in the order in which they were made, once they are on disk.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`,
    ///   `ExpiredIteratorException`, `TrimmedDataAccessException`.
    public func getRecords(_ input: GetRecordsInput) async throws -> GetRecordsOutput {
        try await perform("GetRecords", input) { core in
            let limit = try pageLimit(input.limit, atMost: Limits.streamRecords)
            let now = core.clock.now
            var iterator = try ShardIterator(input.shardIterator)
            try iterator.checkAge(at: now)
            let stream = try core.stream(withARN: iterator.arn, region: region)
            let shard = StreamShard(table: stream.table.id, number: iterator.shard)
            let page = try await ShardPage.read(
                stream, shard, from: iterator.position, limit: limit, core, region: region)
            iterator.position = page.next
            iterator.issued = now
            return GetRecordsOutput(
                records: page.events, nextShardIterator: page.next == nil ? nil : iterator.text)
        }
    }
}

extension Engine {
    /// Lists streams in the order of their ARNs, up to 100 at a time.
    ///
    /// A disabled stream is listed for 24 hours. A deleted table's streams are gone with it.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`.
    public func listStreams(_ input: ListStreamsInput) async throws -> ListStreamsOutput {
        try await perform("ListStreams", input, on: input.tableName) { core in
            if let name = input.tableName { try checkTableName(name) }
            let limit = try pageLimit(input.limit, atMost: Limits.listedStreams)
            var streams = core.streams(ofTable: input.tableName, region: region)
            streams.sort { $0.arn.utf8.lexicographicallyPrecedes($1.arn.utf8) }
            if let start = input.exclusiveStartStreamArn {
                let start = TableARN.told(start, in: region)
                streams.removeAll { !start.utf8.lexicographicallyPrecedes($0.arn.utf8) }
            }
            let page = streams.prefix(limit)
            return ListStreamsOutput(
                streams: page.map {
                    StreamSummary(streamArn: $0.arn, tableName: $0.table.name, streamLabel: $0.stream.label)
                },
                lastEvaluatedStreamArn: page.count < streams.count ? page.last?.arn : nil)
        }
    }
}
