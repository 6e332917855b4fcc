import DynamoDB

extension StreamSubscription {
    /// The ARN of the table's stream.
    func stream() async throws -> String {
        let description = try await dynamoDB.describeTable(DescribeTableInput(tableName: table)).table
        guard let stream = description.latestStreamArn else {
            throw SubscriptionError(.noStream, "the table \(table) has no stream")
        }
        return stream
    }

    func shards(of stream: String) async throws -> [Shard] {
        var shards: [Shard] = []
        for try await page in dynamoDB.shardPages(DescribeStreamInput(streamArn: stream)) {
            shards += page.streamDescription.shards ?? []
        }
        return shards
    }

    /// What is remembered of each shard.
    func progress() async throws -> [String: ShardProgress] {
        let query = QueryInput(tableName: leases.name, consistentRead: true)
            .matching(.equal("PK", partition), .begins("SK", with: "SHARD#"))
        var progress: [String: ShardProgress] = [:]
        for try await item in dynamoDB.queryPages(query).items {
            guard let sort = item["SK"]?.string else { continue }
            progress[String(sort.dropFirst("SHARD#".count))] = ShardProgress(item)
        }
        return progress
    }

    /// The shards that may be worked on.
    func readyShards(of stream: String) async throws -> [String] {
        let shards = try await shards(of: stream)
        return StreamSubscription.ready(shards, ended: Set(try await progress().filter(\.value.hasEnded).keys))
    }

    /// The shards that may be worked on: not those that have ended, and none before its parent, whose changes of the
    /// same items are older. A parent that the stream no longer has counts as ended.
    static func ready(_ shards: [Shard], ended: Set<String>) -> [String] {
        let waiting = Set(shards.compactMap(\.shardId)).subtracting(ended)
        return shards.compactMap { shard in
            guard let id = shard.shardId, waiting.contains(id) else { return nil }
            return shard.parentShardId.map(waiting.contains) == true ? nil : id
        }
    }

    /// Where to read on in a shard.
    ///
    /// - Returns: The iterator, and whether changes after the checkpoint were dropped before they were read, because
    ///   they were older than 24 hours.
    func iterator(
        in shard: String, of stream: String, after checkpoint: String?
    ) async throws -> (iterator: String?, hasGap: Bool) {
        func iterator(_ type: ShardIteratorType, _ number: String?) async throws -> String? {
            try await dynamoDB.getShardIterator(
                GetShardIteratorInput(
                    streamArn: stream, shardId: shard, shardIteratorType: type, sequenceNumber: number)
            ).shardIterator
        }
        if let checkpoint {
            do {
                return (try await iterator(.afterSequenceNumber, checkpoint), false)
            } catch let error as DynamoDBError where error.code == .trimmedDataAccessException {
                return (try await iterator(.trimHorizon, nil), true)
            }
        }
        return (try await iterator(.trimHorizon, nil), false)
    }
}
