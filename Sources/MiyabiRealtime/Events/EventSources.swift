import DynamoDB

/// The events of one type over a period: minute after minute as the directory lists them, the shards of a minute
/// merged by ULID.
///
/// Reads ahead in steps that double, up to the store's concurrency: a caller who wants ten events costs a few
/// requests, one who wants a year keeps all connections busy.
struct TypeSource: EventSource {
    private let store: EventStore
    private let type: EventType
    private let range: ClosedRange<ULID>
    private let order: EventOrder
    private let limit: Int

    private var days: [CivilDay]?
    private var minutes: ArraySlice<[EventBucket]> = []
    private var ready: ArraySlice<[PartitionSource]> = []
    private var current: [PartitionSource] = []
    private var daysAhead = 1
    private var bucketsAhead = 1

    init(_ store: EventStore, type: EventType, range: ClosedRange<ULID>, order: EventOrder, limit: Int) {
        self.store = store
        self.type = type
        self.range = range
        self.order = order
        self.limit = limit
    }

    mutating func next() async throws -> Event? {
        repeat {
            if let event = try await nextOfMinute() { return event }
        } while try await advance()
        return nil
    }

    /// The smallest, or largest, first event of the current minute's shards.
    private mutating func nextOfMinute() async throws -> Event? {
        var best: (shard: Int, id: ULID)?
        for shard in current.indices {
            guard let id = try await current[shard].peek()?.id else { continue }
            if let other = best?.id, order == .oldestFirst ? other <= id : other >= id { continue }
            best = (shard, id)
        }
        guard let best else { return nil }
        return try await current[best.shard].next()
    }

    /// Goes to the next minute that has partitions; false at the end of the period.
    private mutating func advance() async throws -> Bool {
        while ready.isEmpty {
            guard try await fillMinutes() else { return false }
            var step: [[EventBucket]] = []
            var count = 0
            while let minute = minutes.first, step.isEmpty || count + minute.count <= bucketsAhead {
                step.append(minute)
                count += minute.count
                minutes.removeFirst()
            }
            bucketsAhead = min(bucketsAhead * 2, 2 * store.options.concurrency)
            ready = try await fetch(step)[...]
        }
        current = ready.removeFirst()
        return true
    }

    /// Starts the partitions of some minutes, with the first page of each already there.
    private func fetch(_ step: [[EventBucket]]) async throws -> [[PartitionSource]] {
        let buckets = step.flatMap { $0 }
        let sources = try await concurrently(buckets, atMost: store.options.concurrency) { [self] bucket in
            var source = PartitionSource(
                EventRange.partition(bucket.partitionKey, range, table: store.table), order: order, limit: limit,
                dynamoDB: store.dynamoDB, clock: store.clock)
            _ = try await source.peek()
            return source
        }
        var rest = sources[...]
        return step.map { minute in
            defer { rest.removeFirst(minute.count) }
            return Array(rest.prefix(minute.count))
        }
    }

    /// Makes sure that there is a minute to read; false at the end of the period.
    private mutating func fillMinutes() async throws -> Bool {
        let period = CivilMinute(range.lowerBound.timestamp)...CivilMinute(range.upperBound.timestamp)
        if days == nil {
            let found = try await store.directory.days(
                of: type, in: period.lowerBound.day...period.upperBound.day, consistent: false)
            // Taken from the back.
            days = order == .oldestFirst ? found.reversed() : found
        }
        while minutes.isEmpty, let next = days?.suffix(daysAhead), !next.isEmpty {
            days?.removeLast(next.count)
            daysAhead = min(daysAhead * 2, store.options.concurrency)
            let buckets = try await concurrently(next.reversed(), atMost: next.count) { [store, type] day in
                try await store.directory.buckets(of: type, on: day, consistent: false)
            }
            let inPeriod = Dictionary(grouping: buckets.joined().filter { period.contains($0.minute) }, by: \.minute)
            let ascending = inPeriod.sorted { $0.key < $1.key }.map(\.value)
            minutes = (order == .oldestFirst ? ascending : ascending.reversed())[...]
        }
        return !minutes.isEmpty
    }
}

/// The live events of one query, fetched page by page: a user's or a repository's listing, or one partition of a type.
struct PartitionSource: EventSource {
    private let dynamoDB: any DynamoDBAPI
    private let clock: @Sendable () -> Timestamp
    private var query: QueryInput
    private var buffer: ArraySlice<Event> = []
    private var isAtEnd = false

    init(
        _ query: QueryInput, order: EventOrder, limit: Int, dynamoDB: any DynamoDBAPI,
        clock: @escaping @Sendable () -> Timestamp
    ) {
        self.query = query
        self.query.scanIndexForward = order == .oldestFirst
        self.query.limit = limit
        self.dynamoDB = dynamoDB
        self.clock = clock
    }

    /// The next event, without taking it.
    mutating func peek() async throws -> Event? {
        while buffer.isEmpty, !isAtEnd {
            let page = try await dynamoDB.query(query)
            let now = clock()
            buffer = try (page.items ?? []).filter { !$0.isExpired(at: now) }.map { try Event(item: $0) }[...]
            query.exclusiveStartKey = page.lastEvaluatedKey
            isAtEnd = page.lastEvaluatedKey == nil
        }
        return buffer.first
    }

    mutating func next() async throws -> Event? {
        guard let event = try await peek() else { return nil }
        buffer.removeFirst()
        return event
    }
}
