public import DynamoDB

extension StreamSubscription {
    /// Hands each change to `handler` until the task is cancelled: from where the subscription stopped, or from the
    /// oldest change that the stream still has.
    ///
    /// Shards are worked on at once, the changes of each in order. A change whose handler throws is handed over again,
    /// and after ``Options/attempts`` it is parked; see ``parked()``.
    ///
    /// - Parameters:
    ///   - owner: Who works, for people to read: 1 to 255 bytes of UTF-8.
    ///   - handler: May get a change more than once. Is cancelled when another process has taken over the shard.
    /// - Throws: ``SubscriptionError`` with the code ``SubscriptionError/Code/noStream``; ``LeaseError``;
    ///   `DynamoDBError`. Run again, it goes on from the checkpoints.
    public func run(
        as owner: String, _ handler: @escaping @Sendable (StreamEvent) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: String?.self) { group in
            var worked: Set<String> = []
            func lookLater() {
                group.addTask {
                    try await leases.pacing.sleep(options.pollInterval)
                    return nil
                }
            }
            func workOnNewShards() async throws {
                let stream = try await stream()
                for shard in try await readyShards(of: stream) where worked.insert(shard).inserted {
                    group.addTask {
                        try await work(on: shard, of: stream, as: owner, handler)
                        return shard
                    }
                }
            }
            lookLater()
            try await workOnNewShards()
            while let shard = try await group.next() {
                if let shard { worked.remove(shard) } else { lookLater() }
                try await workOnNewShards()
            }
        }
    }

    /// Works on a shard once nobody else does, until it ends or another takes over.
    private func work(
        on shard: String, of stream: String, as owner: String,
        _ handler: @escaping @Sendable (StreamEvent) async throws -> Void
    ) async throws {
        let request = try LeaseRequest(
            key(of: shard), owner: owner, duration: options.leaseDuration, patience: nil)
        let lease = try await leases.acquire(request)
        do {
            try await leases.hold(lease) {
                try await ShardConsumer(
                    subscription: self, stream: stream, shard: shard, lease: lease, handler: handler
                ).run()
            }
        } catch is LeaseLost {
            // Another goes on from the last checkpoint. This process waits for its turn again.
        }
    }
}
