import DynamoDB
import DynamoDBEngine
import Testing

/// Tables with a stream, and readers of streams, for tests.
enum StreamTable {
    static let name = "Changes"

    static func definition(_ view: StreamViewType? = .newAndOldImages, name: String = name) -> CreateTableInput {
        CreateTableInput(
            tableName: name,
            attributeDefinitions: [AttributeDefinition(attributeName: "id", attributeType: .number)],
            keySchema: [KeySchemaElement(attributeName: "id", keyType: .hash)], billingMode: .payPerRequest,
            streamSpecification: view.map { StreamSpecification(streamEnabled: true, streamViewType: $0) })
    }

    static func update(_ view: StreamViewType?) -> UpdateTableInput {
        UpdateTableInput(
            tableName: name,
            streamSpecification: StreamSpecification(streamEnabled: view != nil, streamViewType: view))
    }
}

extension DynamoDBAPI {
    /// The ARN of the table's latest stream.
    func latestStream(_ table: String = StreamTable.name) async throws -> String {
        let description = try await describeTable(DescribeTableInput(tableName: table)).table
        return try #require(description.latestStreamArn)
    }

    func put(_ item: Item, in table: String = StreamTable.name) async throws {
        _ = try await putItem(PutItemInput(tableName: table, item: item))
    }

    func delete(_ id: Int, in table: String = StreamTable.name) async throws {
        _ = try await deleteItem(DeleteItemInput(tableName: table, key: ["id": .number(DecimalNumber(id))]))
    }

    func shardIDs(of stream: String) async throws -> [String] {
        let description = try await describeStream(DescribeStreamInput(streamArn: stream)).streamDescription
        return try (description.shards ?? []).map { try #require($0.shardId) }
    }

    func iterator(
        _ stream: String, _ shard: String, _ type: ShardIteratorType = .trimHorizon, _ number: String? = nil
    ) async throws -> String {
        let input = GetShardIteratorInput(
            streamArn: stream, shardId: shard, shardIteratorType: type, sequenceNumber: number)
        return try #require(try await getShardIterator(input).shardIterator)
    }

    /// All that a shard holds from an iterator on, and where the reader then is.
    func read(_ iterator: String?, limit: Int? = nil) async throws -> (events: [StreamEvent], next: String?) {
        var events: [StreamEvent] = []
        var iterator = iterator
        while let current = iterator {
            let page = try await getRecords(GetRecordsInput(shardIterator: current, limit: limit))
            iterator = page.nextShardIterator
            events += page.records ?? []
            if page.records?.isEmpty != false { break }
        }
        return (events, iterator)
    }

    /// The records of all shards, from the oldest on; one shard after the other.
    func readAll(_ stream: String, limit: Int? = nil) async throws -> [StreamEvent] {
        var events: [StreamEvent] = []
        for shard in try await shardIDs(of: stream) {
            events += try await read(try await iterator(stream, shard), limit: limit).events
        }
        return events
    }
}
