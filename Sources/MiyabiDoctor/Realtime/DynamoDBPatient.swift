import DynamoDB
import MiyabiRealtime

/// A rule for DynamoDB, and how it looks.
struct DynamoDBRule: Sendable {
    let rule: Rule
    let look: @Sendable (Rule, DynamoDBPatient) async throws -> Look

    init(
        _ name: String, _ level: Level, _ meaning: String,
        look: @escaping @Sendable (Rule, DynamoDBPatient) async throws -> Look
    ) {
        rule = Rule(name, .dynamoDB, level, meaning)
        self.look = look
    }
}

/// A DynamoDB that is looked at. Only Miyabi's three tables are: others in the account are somebody else's.
struct DynamoDBPatient: Sendable {
    let dynamoDB: any DynamoDBAPI
    let thresholds: Thresholds
    /// Whether it is a home's engine, whose recovery and capacity are the home's.
    let isEmbedded: Bool
    /// What there is of the three tables.
    let tables: [(wanted: CreateTableInput, found: TableDescription)]
    /// How each of the three is, by its name.
    let states: [String: TableState]

    /// Describes the three tables.
    ///
    /// - Throws: `DynamoDBError`, when a table cannot be asked about.
    init(_ dynamoDB: any DynamoDBAPI, thresholds: Thresholds, isEmbedded: Bool) async throws {
        self.dynamoDB = dynamoDB
        self.thresholds = thresholds
        self.isEmbedded = isEmbedded
        states = try await MiyabiTables.states(on: dynamoDB)
        var tables: [(wanted: CreateTableInput, found: TableDescription)] = []
        for wanted in MiyabiTables.all where states[wanted.tableName] != .missing {
            let found = try await dynamoDB.describeTable(DescribeTableInput(tableName: wanted.tableName)).table
            tables.append((wanted, found))
        }
        self.tables = tables
    }

    /// The beginning of a command of the AWS CLI.
    func aws(_ operation: String, _ table: String) -> String {
        "aws dynamodb \(operation) --table-name \(table)\(isEmbedded ? " --endpoint-url \"$DYNAMODB_ENDPOINT\"" : "")"
    }
}
