import DynamoDB

/// The tables that are written to: indexes, a stream and expiry on both.
enum Tables {
    static let events = "Events"
    static let accounts = "Accounts"

    static func create(_ client: DynamoDBClient) async throws {
        for name in [events, accounts] {
            _ = try await client.createTable(definition(name))
            try await client.waitUntilActive(name)
            _ = try await client.updateTimeToLive(
                UpdateTimeToLiveInput(
                    tableName: name,
                    timeToLiveSpecification: TimeToLiveSpecification(attributeName: "ttl", enabled: true)))
        }
    }

    /// `by-owner` holds whole items, sparse; `by-rank` only keys.
    private static func definition(_ name: String) -> CreateTableInput {
        CreateTableInput(
            tableName: name,
            attributeDefinitions: ["pk", "sk", "owner", "rank"].map { name in
                AttributeDefinition(attributeName: name, attributeType: name == "rank" ? .number : .string)
            },
            keySchema: key("pk", "sk"),
            localSecondaryIndexes: [
                LocalSecondaryIndex(
                    indexName: "by-rank", keySchema: key("pk", "rank"),
                    projection: Projection(projectionType: .keysOnly))
            ],
            globalSecondaryIndexes: [
                GlobalSecondaryIndex(
                    indexName: "by-owner", keySchema: key("owner", "rank"),
                    projection: Projection(projectionType: .all))
            ],
            billingMode: .payPerRequest,
            streamSpecification: StreamSpecification(streamEnabled: true, streamViewType: .newAndOldImages))
    }

    private static func key(_ partition: String, _ sort: String) -> [KeySchemaElement] {
        [
            KeySchemaElement(attributeName: partition, keyType: .hash),
            KeySchemaElement(attributeName: sort, keyType: .range),
        ]
    }
}

/// The place of an item.
struct Key: Hashable, Sendable, CustomStringConvertible {
    let table: String
    let partition: String
    let sort: String

    init(_ table: String, _ partition: String, _ sort: String) {
        self.table = table
        self.partition = partition
        self.sort = sort
    }

    init?(_ table: String, _ item: Item) {
        guard case .string(let partition) = item["pk"], case .string(let sort) = item["sk"] else { return nil }
        self.init(table, partition, sort)
    }

    var attributes: Item { ["pk": .string(partition), "sk": .string(sort)] }

    var description: String { "\(table)/\(partition)/\(sort)" }
}
