public import DynamoDB

extension StreamSubscription {
    /// Hands each change to `handler` until the task is cancelled: from where the subscription stopped, or from the
    /// oldest change that the stream still has.
    ///
    /// Shards are worked on at once, the changes of each in order; processes share the shards evenly among themselves. A
    /// change whose handler throws is handed over again, and after ``Options/attempts`` it is parked; see ``parked()``.
    /// A table that throttles or cannot be reached is waited for.
    ///
    /// - Parameters:
    ///   - owner: Who works, for people to read: 1 to 255 bytes of UTF-8.
    ///   - handler: May get a change more than once. Is cancelled when another process has taken over the shard.
    /// - Throws: ``SubscriptionError`` with the code ``SubscriptionError/Code/noStream``; ``LeaseError``;
    ///   `DynamoDBError`. Run again, it goes on from the checkpoints.
    public func run(
        as owner: String, _ handler: @escaping @Sendable (StreamEvent) async throws -> Void
    ) async throws {
        try LeaseLimits.check(owner: owner, duration: options.leaseDuration)
        var sharing = ShardSharing(self, owner: owner)
        do {
            try await withThrowingTaskGroup(of: String?.self) { group in
                var stops: [String: ShardStop] = [:]
                while true {
                    do {
                        let plan = try await sharing.plan(Set(stops.filter { !$0.value.isAsked }.keys))
                        for shard in plan.give { stops[shard]?.ask() }
                        for (shard, record) in plan.take where stops[shard] == nil {
                            let request = try LeaseRequest(
                                key(of: shard), owner: owner, duration: options.leaseDuration, patience: nil)
                            guard let lease = try await leases.take(request, after: record) else { continue }
                            let stop = ShardStop()
                            stops[shard] = stop
                            let consumer = ShardConsumer(
                                subscription: self, stream: plan.stream, shard: shard, lease: lease, stop: stop,
                                handler: handler)
                            group.addTask {
                                try await work(consumer)
                                return shard
                            }
                        }
                    } catch let error as DynamoDBError where error.isRetryable {
                        // The next look may see more. What is under way goes on meanwhile.
                    }
                    group.addTask {
                        try await leases.pacing.sleep(min(options.pollInterval, options.leaseDuration / 3))
                        return nil
                    }
                    while let shard = try await group.next() ?? nil { stops[shard] = nil }
                }
            }
        } catch {
            await sharing.leave()
            throw error
        }
    }

    /// Works on a shard until it ends, this process gives it up, or another takes it over.
    private func work(_ consumer: ShardConsumer) async throws {
        do {
            try await leases.hold(consumer.lease) { try await consumer.run() }
        } catch is LeaseLost {
            // Another goes on from the last checkpoint.
        } catch let error as DynamoDBError where error.isRetryable {
            // Whoever takes it next goes on from there, this process too.
        }
    }
}

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
