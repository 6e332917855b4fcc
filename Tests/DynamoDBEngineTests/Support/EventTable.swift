import DynamoDB
import DynamoDBEngine
import Logging

/// A table shaped like Miyabi's events: two global indexes that project everything.
enum EventTable {
    static let name = "Events"

    static let definition = CreateTableInput(
        tableName: name,
        attributeDefinitions: ["PK", "SK", "GSI1PK", "GSI1SK", "GSI2PK", "GSI2SK"].map {
            AttributeDefinition(attributeName: $0, attributeType: .string)
        },
        keySchema: key("PK", "SK"),
        globalSecondaryIndexes: ["GSI1", "GSI2"].map { index in
            GlobalSecondaryIndex(
                indexName: index, keySchema: key("\(index)PK", "\(index)SK"),
                projection: Projection(projectionType: .all))
        },
        billingMode: .payPerRequest)

    static func key(_ partition: String, _ sort: String) -> [KeySchemaElement] {
        [
            KeySchemaElement(attributeName: partition, keyType: .hash),
            KeySchemaElement(attributeName: sort, keyType: .range),
        ]
    }
}

extension Engine {
    /// An engine in a directory, with a silent logger.
    ///
    /// - Parameter synchronous: false where only speed, and no crash, is at stake.
    static func open(in directory: TemporaryDirectory, synchronous: Bool = true) throws -> Engine {
        var options = Options(directory: directory.path + "/data")
        options.synchronous = synchronous
        return try open(options, logger: .silent)
    }

    /// Every item of a table or index, over all pages.
    func scanAll(_ table: String, index: String? = nil, limit: Int? = nil, segment: Int? = nil, of total: Int? = nil)
        async throws -> [Item]
    {
        var items: [Item] = []
        var position: Item?
        repeat {
            let page = try await scan(
                ScanInput(
                    tableName: table, indexName: index, limit: limit, exclusiveStartKey: position, totalSegments: total,
                    segment: segment))
            items += page.items ?? []
            position = page.lastEvaluatedKey
        } while position != nil
        return items
    }

    /// Every item that a query finds, over all pages.
    func queryAll(_ input: QueryInput) async throws -> [Item] {
        var input = input
        var items: [Item] = []
        repeat {
            let page = try await query(input)
            items += page.items ?? []
            input.exclusiveStartKey = page.lastEvaluatedKey
        } while input.exclusiveStartKey != nil
        return items
    }
}

extension Logger {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
