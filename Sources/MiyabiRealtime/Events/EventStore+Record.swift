import DynamoDB

extension EventStore {
    /// What became of a bulk write.
    public struct Recorded: Sendable, Hashable {
        /// Events written.
        public var written = 0
        /// Events that the table held already, or that the same call named twice.
        public var skipped = 0

        /// Nothing yet.
        public init() {}
    }

    /// Records one event, durably once this returns.
    ///
    /// The same event again rewrites the same item, with 90 days from now.
    ///
    /// - Throws: ``EventError`` when it exceeds a limit; `DynamoDBError`.
    public func record(_ event: Event) async throws {
        let expiry = clock() + Event.retention
        let bucket = event.bucket(shards: options.shards)
        let item = event.item(in: bucket.partitionKey, expiringAt: expiry)
        try EventLimits.check(item, of: event)
        try await directory.ensure([bucket], holding: expiry)
        _ = try await dynamoDB.putItem(PutItemInput(tableName: table, item: item))
    }

    /// Records an event, unless it is there already: then not even its expiry moves. One write, in a partition that
    /// depends on the event and `shards` alone.
    package func recordOnce(_ event: Event, shards: Int) async throws {
        let expiry = clock() + Event.retention
        let bucket = event.bucket(shards: shards)
        let item = event.item(in: bucket.partitionKey, expiringAt: expiry)
        try EventLimits.check(item, of: event)
        try await directory.ensure([bucket], holding: expiry)
        do {
            _ = try await dynamoDB.putItem(PutItemInput(tableName: table, item: item).when(.absent("PK")))
        } catch let error as DynamoDBError where error.code == .conditionalCheckFailedException {
            // It was recorded before.
        }
    }

    /// Asks for a write that changes nothing.
    ///
    /// - Throws: `DynamoDBError` if the table takes no writes at the moment.
    package func probeWrite() async throws {
        let item: Item = ["PK": "PROBE", "SK": "PROBE"]
        do {
            // There is no such item, so that there will be none.
            _ = try await dynamoDB.putItem(PutItemInput(tableName: table, item: item).when(.exists("PK")))
        } catch let error as DynamoDBError where error.code == .conditionalCheckFailedException {
            // The table would have taken it.
        }
    }

    /// Records many events, durably once this returns: 25 a request, several requests at once.
    ///
    /// All are checked before any is written. If the call throws later, some may have been written; the same call
    /// again completes it.
    ///
    /// - Parameters:
    ///   - events: Any number that fits in memory; of several with one identifier, the first counts.
    ///   - skippingRecorded: Leaves events alone that the table holds, so that not even their expiry moves. Costs a
    ///     read for each partition that already exists, none for new ones.
    /// - Throws: ``EventError``; `DynamoDBError`.
    @discardableResult
    public func record(
        contentsOf events: some Sequence<Event>, skippingRecorded: Bool = false
    ) async throws -> Recorded {
        var result = Recorded()
        let expiry = clock() + Event.retention
        var writes: [(id: ULID, bucket: EventBucket, item: Item)] = []
        var named: Set<ULID> = []
        var partitionKeys: [EventBucket: String] = [:]
        for event in events {
            guard named.insert(event.id).inserted else {
                result.skipped += 1
                continue
            }
            let bucket = event.bucket(shards: options.shards)
            let partitionKey = partitionKeys[bucket] ?? bucket.partitionKey
            partitionKeys[bucket] = partitionKey
            let item = event.item(in: partitionKey, expiringAt: expiry)
            try EventLimits.check(item, of: event)
            writes.append((event.id, bucket, item))
        }
        if skippingRecorded {
            let recorded = try await recorded(writes.map { ($0.id, $0.bucket) })
            writes.removeAll { recorded.contains($0.id) }
            result.skipped += recorded.count
        }
        try await directory.ensure(Set(writes.map(\.bucket)), holding: expiry)
        // Neighbours in time are neighbours in the table.
        writes.sort { $0.id < $1.id }
        try await dynamoDB.batchPut(
            writes.lazy.map(\.item), to: table, keyAttributes: MiyabiTables.keyAttributes,
            options: BatchOptions(concurrency: options.concurrency))
        result.written = writes.count
        return result
    }

    /// Which of some events the table holds, in whatever shard.
    ///
    /// The directory knows every partition that may hold an event, so that only those are read. Expired items count:
    /// writing them again would bring them back.
    private func recorded(_ events: [(id: ULID, bucket: EventBucket)]) async throws -> Set<ULID> {
        let minutes = Dictionary(grouping: events) { Minute(type: $0.bucket.type, minute: $0.bucket.minute) }
        let existing = try await directory.buckets(in: Set(minutes.keys))
        let found = try await concurrently(existing, atMost: options.concurrency) { bucket in
            let ids = Set((minutes[Minute(type: bucket.type, minute: bucket.minute)] ?? []).map(\.id))
            guard let first = ids.min(), let last = ids.max() else { return Set<ULID>() }
            return try await sortKeys(in: bucket, range: first...last).intersection(ids)
        }
        return found.reduce(into: []) { $0.formUnion($1) }
    }

    private func sortKeys(in bucket: EventBucket, range: ClosedRange<ULID>) async throws -> Set<ULID> {
        var query = EventRange.partition(bucket.partitionKey, range, table: table)
        query.consistentRead = true
        query.projectionExpression = "SK"
        var ids: Set<ULID> = []
        for try await page in dynamoDB.queryPages(query) {
            ids.formUnion(
                (page.items ?? []).compactMap { $0["SK"]?.string.flatMap { ULID($0.prefix(ULID.textLength)) } })
        }
        return ids
    }
}

/// A minute of one type, over all its shards.
struct Minute: Sendable, Hashable {
    let type: EventType
    let minute: CivilMinute
}
