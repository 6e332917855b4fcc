public import DynamoDB

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
