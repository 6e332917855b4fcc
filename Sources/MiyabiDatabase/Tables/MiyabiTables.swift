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
