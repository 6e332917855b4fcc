import DynamoDB

/// Events of about 400 bytes, as Miyabi writes them.
enum Events {
    static let table = "MiyabiEvents"
    static let writers = 64

    static let definition = CreateTableInput(
        tableName: table,
        attributeDefinitions: ["PK", "SK", "GSI1PK", "GSI1SK", "GSI2PK", "GSI2SK"].map {
            AttributeDefinition(attributeName: $0, attributeType: .string)
        },
        keySchema: schema("PK", "SK"),
        globalSecondaryIndexes: ["GSI1", "GSI2"].map { index in
            GlobalSecondaryIndex(
                indexName: index, keySchema: schema("\(index)PK", "\(index)SK"),
                projection: Projection(projectionType: .all))
        },
        billingMode: .payPerRequest)

    private static func schema(_ partition: String, _ sort: String) -> [KeySchemaElement] {
        [
            KeySchemaElement(attributeName: partition, keyType: .hash),
            KeySchemaElement(attributeName: sort, keyType: .range),
        ]
    }

    static func partition(_ number: Int) -> String {
        "EVENT#webhook#2025-11-29T10:\(10 + number / 6000 % 50)#\(number % 4)"
    }
    static func sort(_ number: Int) -> String {
        "01JDXK\(100_000_000_000 + number)#\(number % 1000)#0"
    }
    static func user(_ number: Int) -> String { "USER#user-\(number % 5000)" }
    static func repository(_ number: Int) -> String { "REPO#repository-\(number % 700)" }
    static func time(_ number: Int) -> String {
        "\(1_764_412_200_000 + number)#01JDXK\(100_000_000_000 + number)"
    }
    /// Seconds since 1970: not while this runs.
    static let expiry = 4_000_000_000
    static let payload =
        #"{"action":"opened","number":42,"state":"open","title":"An issue that somebody opened","labels":["bug","help wanted"],"comments":3}"#

    static func key(_ number: Int) -> Item {
        ["PK": .string(partition(number)), "SK": .string(sort(number))]
    }

    static func item(_ number: Int) -> Item {
        [
            "PK": .string(partition(number)), "SK": .string(sort(number)),
            "GSI1PK": .string(user(number)),
            "GSI1SK": .string(time(number)), "GSI2PK": .string(repository(number)),
            "GSI2SK": .string(time(number)),
            "event_type": .string("webhook"),
            "timestamp": .number(DecimalNumber(1_764_412_200_000 + number)),
            "payload": .string(payload), "ttl": .number(DecimalNumber(expiry)), "processed": .bool(false),
        ]
    }
}
