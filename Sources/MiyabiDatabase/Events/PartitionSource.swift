import DynamoDB

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
