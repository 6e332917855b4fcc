import DynamoDB

/// Works on one shard while its lease is held.
///
/// The checkpoint moves after the changes were handled, never before: a crash in between hands them over again.
struct ShardConsumer: Sendable {
    let subscription: StreamSubscription
    let stream: String
    let shard: String
    let lease: Lease
    var stop = ShardStop()
    let handler: @Sendable (StreamEvent) async throws -> Void

    private var options: StreamSubscription.Options { subscription.options }
    private var leases: LeaseTable { subscription.leases }

    /// Returns when the shard has ended or it was asked to stop.
    ///
    /// - Throws: ``LeaseLost``; `DynamoDBError`.
    func run() async throws {
        let progress = ShardProgress(try await leases.repeating { try await leases.item(lease.key) })
        if progress.hasEnded { return }
        var checkpoint = progress.checkpoint
        var iterator = try await iterator(after: checkpoint)
        var throttled = 0
        while let current = iterator {
            if stop.isAsked { return }
            let page: GetRecordsOutput
            do {
                page = try await subscription.dynamoDB.getRecords(
                    GetRecordsInput(shardIterator: current, limit: options.pageSize))
            } catch let error as DynamoDBError
                where [.expiredIteratorException, .trimmedDataAccessException].contains(error.code)
            {
                iterator = try await self.iterator(after: checkpoint)
                continue
            } catch let error as DynamoDBError where error.isThrottling {
                throttled += 1
                try await leases.pacing.sleep(
                    subscription.waits.delay(
                        afterAttempt: throttled, isThrottling: true, random: .random(in: 0.5...1)))
                continue
            }
            throttled = 0
            let changes = page.records ?? []
            var last: String?
            for change in changes where !stop.isAsked {
                try await handOver(change)
                last = change.dynamodb?.sequenceNumber ?? last
            }
            if let last {
                try await leases.update(lease, [.set("checkpoint", to: last)])
                checkpoint = last
            }
            if stop.isAsked { return }
            iterator = page.nextShardIterator
            if changes.isEmpty, iterator != nil { try await leases.pacing.sleep(options.pollInterval) }
        }
        let expiry = subscription.clock() + ShardProgress.retention
        try await leases.update(lease, [.set("ended", to: true), .set("ttl", to: expiry.seconds)])
    }

    private func iterator(after checkpoint: String?) async throws -> String? {
        let place = try await leases.repeating {
            try await subscription.iterator(in: shard, of: stream, after: checkpoint)
        }
        if place.hasGap { try await leases.update(lease, [.add("gaps", 1)]) }
        return place.iterator
    }

    private func handOver(_ change: StreamEvent) async throws {
        var attempt = 1
        while true {
            do { return try await handler(change) } catch {
                // Who is told to stop has not failed.
                try Task.checkCancellation()
                guard attempt < options.attempts else { return try await park(change, error, attempt) }
                try await leases.pacing.sleep(
                    subscription.waits.delay(
                        afterAttempt: attempt, isThrottling: false, random: .random(in: 0...1)))
                attempt += 1
            }
        }
    }

    /// Parks a change and passes it by, in one transaction: it is neither lost nor in the way.
    private func park(_ change: StreamEvent, _ error: any Error, _ attempts: Int) async throws {
        guard let number = change.dynamodb?.sequenceNumber else { throw error }
        let parked = ParkedChange(
            shard: shard, sequenceNumber: number, change: change, error: String(describing: error), attempts: attempts,
            parkedAt: subscription.clock())
        let put = Put(tableName: leases.name, item: parked.item(in: subscription.partition))
        try await leases.update(lease, [.set("checkpoint", to: number)], with: [.put(put)])
    }
}
