public import DynamoDB

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

/// What a subscription remembers of a shard, in the item of its lease.
struct ShardProgress: Sendable, Hashable {
    /// Who works on it; nil when nobody does.
    let owner: String?
    /// The sequence number of the last change that was handled; nil before the first.
    let checkpoint: String?
    /// Whether the shard is closed and all of it was handled.
    let hasEnded: Bool
    /// How often changes were dropped by the stream before they were read.
    let gaps: Int

    init(_ item: Item?) {
        owner = item?["owner"]?.string
        checkpoint = item?["checkpoint"]?.string
        hasEnded = item?["ended"]?.bool ?? false
        gaps = item?["gaps"]?.int ?? 0
    }

    /// How long the item of a shard that has ended is kept: longer than the stream tells of the shard, which is a day.
    static let retention = Duration.seconds(7 * 86_400)
}

/// A change that its handler could not take: out of the way of those after it, kept until somebody deals with it.
public struct ParkedChange: Sendable, Hashable {
    /// The shard it came from.
    public let shard: String
    /// Its place in the shard.
    public let sequenceNumber: String
    /// The change; without the item's images when those together exceed what an item holds.
    public let change: StreamEvent
    /// What the handler threw the last time, up to 1,000 characters.
    public let error: String
    /// How often it was handed over.
    public let attempts: Int
    /// When it was given up.
    public let parkedAt: Timestamp

    /// Bytes of a change that leave room for the rest of the item.
    private static let changeBytes = 390_000

    static func key(_ shard: String, _ number: String, in partition: String) -> Item {
        ["PK": .string(partition), "SK": .string("PARKED#\(shard)#\(number)")]
    }

    /// The item, with the change in AWS's own JSON: as a map, deep data would nest too deep.
    func item(in partition: String) -> Item {
        var change = change
        if change.jsonDocument.count > ParkedChange.changeBytes {
            change.dynamodb?.newImage = nil
            change.dynamodb?.oldImage = nil
        }
        return ParkedChange.key(shard, sequenceNumber, in: partition).merging([
            "shard": .string(shard),
            "sequence_number": .string(sequenceNumber),
            "record": .string(String(decoding: change.jsonDocument, as: UTF8.self)),
            "error": .string(String(error.prefix(1000))),
            "attempts": .number(DecimalNumber(attempts)),
            "parked_at": .number(DecimalNumber(parkedAt.milliseconds)),
        ]) { key, _ in key }
    }
}

extension ParkedChange {
    /// Reads an item.
    init(item: Item) throws {
        guard let shard = item["shard"]?.string, let number = item["sequence_number"]?.string,
            let record = item["record"]?.string, let error = item["error"]?.string,
            let attempts = item["attempts"]?.int, let parkedAt = item["parked_at"]?.int
        else {
            throw SubscriptionError(
                .unreadableItem, "the item \(item["SK"]?.string ?? "") is not a parked change of a subscription")
        }
        self.init(
            shard: shard, sequenceNumber: number, change: try StreamEvent(jsonDocument: Array(record.utf8)),
            error: error, attempts: attempts, parkedAt: Timestamp(milliseconds: Int64(parkedAt)))
    }
}
