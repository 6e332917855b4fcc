import DynamoDB

/// How far a subscription has come in one shard.
public struct ShardStatus: Sendable, Hashable {
    /// The shard.
    public let shard: String
    /// The process that works on it; nil when none does. One that stopped is named until another takes over.
    public let owner: String?
    /// The sequence number of the last change that was handled; nil before the first.
    public let checkpoint: String?
    /// The age of the oldest change that was not handled, in whole seconds; zero when there is none.
    public let lag: Duration
    /// Whether the shard is closed and all of it was handled.
    public let hasEnded: Bool
    /// How often changes were dropped by the stream, after 24 hours, before they were handled. Not zero: some are lost.
    public let gaps: Int
}

extension StreamSubscription {
    /// How far the subscription has come in each shard of the stream. Reads one change of each.
    ///
    /// - Throws: ``SubscriptionError`` with the code ``SubscriptionError/Code/noStream``; `DynamoDBError`.
    public func status() async throws -> [ShardStatus] {
        let stream = try await stream()
        let progress = try await progress()
        let shards = try await shards(of: stream).compactMap(\.shardId)
        return try await concurrently(shards, atMost: 8) { shard in
            let progress = progress[shard] ?? ShardProgress(nil)
            return ShardStatus(
                shard: shard, owner: progress.owner, checkpoint: progress.checkpoint,
                lag: progress.hasEnded ? .zero : try await lag(in: shard, of: stream, after: progress.checkpoint),
                hasEnded: progress.hasEnded, gaps: progress.gaps)
        }
    }

    private func lag(in shard: String, of stream: String, after checkpoint: String?) async throws -> Duration {
        guard let iterator = try await iterator(in: shard, of: stream, after: checkpoint).iterator else {
            return .zero
        }
        let next = try await dynamoDB.getRecords(GetRecordsInput(shardIterator: iterator, limit: 1)).records?.first
        guard let made = next?.dynamodb?.approximateCreationDateTime else { return .zero }
        return max(.zero, .seconds(Double(clock().seconds) - made))
    }
}
