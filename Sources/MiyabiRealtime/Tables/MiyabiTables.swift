public import DynamoDB

/// The three DynamoDB tables of the specification's section 3, with the keys that DESIGN.md's faults 14 to 17 ask for.
///
/// All three expire items by the attribute `ttl` (seconds since 1970) and stream old and new images of every change.
public enum MiyabiTables {
    /// The attribute that holds an item's expiry in seconds since 1970, in every table.
    public static let timeToLive = TimeToLiveSpecification(attributeName: "ttl", enabled: true)

    /// The names of the key attributes of every table.
    static let keyAttributes = ["PK", "SK"]

    /// The three tables.
    public static let all = [events, agentState, webSocketMessages]

    /// `MiyabiEvents`: what agents, plugins and webhooks did; 90 days.
    ///
    /// GSI1 lists a user's events by time, GSI2 a repository's; an event without one is not in that index. Keys:
    /// ``Event``. Capacity is on demand, because traffic comes in bursts (section 3.5).
    public static let events = CreateTableInput(
        tableName: "MiyabiEvents",
        attributeDefinitions: definitions(
            ["PK", "SK", "GSI1PK", "GSI1SK", "GSI2PK", "GSI2SK"].map { ($0, .string) }),
        keySchema: keys("PK", "SK"),
        globalSecondaryIndexes: [index("GSI1"), index("GSI2")],
        billingMode: .payPerRequest,
        streamSpecification: stream)

    /// `MiyabiAgentState`: the state history and the running claim of each agent; 7 days after completion. Locks and
    /// task queues too. Keys: ``AgentState``, ``LeaseStore``, ``TaskQueue``.
    ///
    /// Capacity is provisioned, 5 writes and 10 reads a second (section 3.5).
    public static let agentState = CreateTableInput(
        tableName: "MiyabiAgentState",
        attributeDefinitions: definitions([("PK", .string), ("SK", .string)]),
        keySchema: keys("PK", "SK"),
        billingMode: .provisioned,
        provisionedThroughput: ProvisionedThroughput(readCapacityUnits: 10, writeCapacityUnits: 5),
        streamSpecification: stream)

    /// `MiyabiWebSocketMessages`: each connection's queue, in the order of a Number that only grows; 24 hours.
    ///
    /// GSI1 is sparse: only what is not yet acknowledged has a `GSI1SK`.
    public static let webSocketMessages = CreateTableInput(
        tableName: "MiyabiWebSocketMessages",
        attributeDefinitions: definitions(
            [("PK", .string), ("SK", .number), ("GSI1PK", .string), ("GSI1SK", .string)]),
        keySchema: keys("PK", "SK"),
        globalSecondaryIndexes: [index("GSI1")],
        billingMode: .payPerRequest,
        streamSpecification: stream)

    private static let stream = StreamSpecification(streamEnabled: true, streamViewType: .newAndOldImages)

    private static func definitions(_ attributes: [(String, ScalarAttributeType)]) -> [AttributeDefinition] {
        attributes.map { AttributeDefinition(attributeName: $0.0, attributeType: $0.1) }
    }

    private static func keys(_ partition: String, _ sort: String) -> [KeySchemaElement] {
        [
            KeySchemaElement(attributeName: partition, keyType: .hash),
            KeySchemaElement(attributeName: sort, keyType: .range),
        ]
    }

    private static func index(_ name: String) -> GlobalSecondaryIndex {
        GlobalSecondaryIndex(
            indexName: name, keySchema: keys("\(name)PK", "\(name)SK"), projection: Projection(projectionType: .all))
    }
}

extension MiyabiTables {
    /// Makes the tables that do not exist, waits until all are active, and turns expiry on where it is off.
    ///
    /// May run any number of times and by several processes at once. A table that exists is never changed, except for
    /// its expiry; it must have the right keys and indexes.
    ///
    /// - Parameters:
    ///   - dynamoDB: Where to make them.
    ///   - limit: How long a table may take to become active.
    /// - Returns: The names of the tables that this call made.
    /// - Throws: ``TableError`` when a table differs; `DynamoDBError`, with the code `requestTimeout` when a table does not
    ///   become active in time.
    @discardableResult
    public static func createMissing(
        on dynamoDB: any DynamoDBAPI, waitingAtMost limit: Duration = .seconds(120)
    ) async throws -> [String] {
        var made: [String] = []
        for table in all where try await create(table, on: dynamoDB) {
            made.append(table.tableName)
        }
        for table in all {
            let description = try await dynamoDB.waitUntilActive(table.tableName, timeout: limit)
            try verify(description, against: table)
            try await enableTimeToLive(of: table.tableName, on: dynamoDB)
        }
        return made
    }

    private static func create(_ table: CreateTableInput, on dynamoDB: any DynamoDBAPI) async throws -> Bool {
        do {
            _ = try await dynamoDB.describeTable(DescribeTableInput(tableName: table.tableName))
            return false
        } catch let error as DynamoDBError where error.code == .resourceNotFoundException {
            do {
                _ = try await dynamoDB.createTable(table)
                return true
            } catch let error as DynamoDBError where error.code == .resourceInUseException {
                return false  // Another process was faster.
            }
        }
    }

    private static func enableTimeToLive(of name: String, on dynamoDB: any DynamoDBAPI) async throws {
        if try await hasTimeToLive(name, on: dynamoDB) { return }
        do {
            _ = try await dynamoDB.updateTimeToLive(
                UpdateTimeToLiveInput(tableName: name, timeToLiveSpecification: timeToLive))
        } catch let error as DynamoDBError where error.code == .validationException {
            // Another process may have been faster.
            guard try await hasTimeToLive(name, on: dynamoDB) else { throw error }
        }
    }

    private static func hasTimeToLive(_ name: String, on dynamoDB: any DynamoDBAPI) async throws -> Bool {
        let current = try await dynamoDB.describeTimeToLive(DescribeTimeToLiveInput(tableName: name))
            .timeToLiveDescription
        guard [.enabled, .enabling].contains(current.timeToLiveStatus) else { return false }
        guard current.attributeName == timeToLive.attributeName else {
            throw TableError(
                table: name,
                difference: "it expires items by the attribute \(current.attributeName ?? "(none)"), "
                    + "not by \(timeToLive.attributeName)")
        }
        return true
    }
}

extension MiyabiTables {
    /// Checks that an existing table has the keys, key types and indexes that the stores rely on.
    ///
    /// Capacity, streams and tags may differ: an operator tunes them. More indexes than ours may exist.
    static func verify(_ found: TableDescription, against wanted: CreateTableInput) throws(TableError) {
        let types = Dictionary(
            (found.attributeDefinitions ?? []).map { ($0.attributeName, $0.attributeType) },
            uniquingKeysWith: { first, _ in first })
        let wantedTypes = Dictionary(
            wanted.attributeDefinitions.map { ($0.attributeName, $0.attributeType) },
            uniquingKeysWith: { first, _ in first })

        func check(_ subject: String, _ foundKeys: [KeySchemaElement]?, _ wantedKeys: [KeySchemaElement]?)
            throws(TableError)
        {
            let isThere = describe(foundKeys, types)
            let shouldBe = describe(wantedKeys, wantedTypes)
            guard isThere == shouldBe else {
                throw TableError(table: wanted.tableName, difference: "\(subject) is \(isThere), not \(shouldBe)")
            }
        }

        try check("its key", found.keySchema, wanted.keySchema)
        for index in wanted.globalSecondaryIndexes ?? [] {
            guard let there = found.globalSecondaryIndexes?.first(where: { $0.indexName == index.indexName }) else {
                throw TableError(table: wanted.tableName, difference: "it has no index \(index.indexName)")
            }
            try check("the key of index \(index.indexName)", there.keySchema, index.keySchema)
            guard there.projection?.projectionType == index.projection.projectionType else {
                throw TableError(
                    table: wanted.tableName,
                    difference: "index \(index.indexName) projects "
                        + "\(there.projection?.projectionType?.rawValue ?? "nothing known"), "
                        + "not \(index.projection.projectionType?.rawValue ?? "nothing")")
            }
        }
    }

    /// `(PK S, SK N)`, the partition key first.
    private static func describe(_ keys: [KeySchemaElement]?, _ types: [String: ScalarAttributeType]) -> String {
        let ordered = (keys ?? []).sorted { $0.keyType == .hash && $1.keyType == .range }
        let parts = ordered.map { "\($0.attributeName) \(types[$0.attributeName]?.rawValue ?? "of unknown type")" }
        return "(\(parts.joined(separator: ", ")))"
    }
}

/// A DynamoDB table exists and is not as the stores need it.
public struct TableError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The table's name.
    public let table: String
    /// What is otherwise, with both sides: `its key is (PK S), not (PK S, SK S)`.
    public let difference: String

    /// One sentence.
    public var description: String {
        "The DynamoDB table \(table) is not what Miyabi needs: \(difference)."
    }
}
