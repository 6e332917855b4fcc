/// Creates a table.
///
/// Source: AWS, "CreateTable" in the Amazon DynamoDB API reference.
public struct CreateTableInput: Sendable, Hashable, JSONObject {
    /// The table's name, or its ARN.
    public var tableName: String
    /// Names and types of every attribute that is part of a key.
    public var attributeDefinitions: [AttributeDefinition]
    /// The key: the partition key first, then the sort key if there is one.
    public var keySchema: [KeySchemaElement]?
    /// Local secondary indexes, at most five.
    public var localSecondaryIndexes: [LocalSecondaryIndex]?
    /// Global secondary indexes, at most twenty.
    public var globalSecondaryIndexes: [GlobalSecondaryIndex]?
    /// Vector indexes, at most five.
    public var vectorIndexes: [VectorIndex]?
    /// Provisioned, or on demand.
    public var billingMode: BillingMode?
    /// Provisioned capacity; nil on demand.
    public var provisionedThroughput: ProvisionedThroughput?
    /// The stream of changes, if any.
    public var streamSpecification: StreamSpecification?
    /// Encryption at rest.
    public var sseSpecification: SSESpecification?
    /// Labels of the table, at most fifty.
    public var tags: [Tag]?
    /// The storage class.
    public var tableClass: TableClass?
    /// Whether DeleteTable is refused.
    public var deletionProtectionEnabled: Bool?
    /// The throughput that is ready at once.
    public var warmThroughput: WarmThroughput?
    /// A resource-based policy, in JSON.
    public var resourcePolicy: String?
    /// Upper bounds of on-demand capacity.
    public var onDemandThroughput: OnDemandThroughput?
    /// The ARN of the table to replicate, for a replica in another account.
    public var globalTableSourceArn: String?
    /// Whether settings are synchronised between replicas.
    public var globalTableSettingsReplicationMode: GlobalTableSettingsReplicationMode?

    private init() { self = .unread }
}

/// What CreateTable returns.
public struct CreateTableOutput: Sendable, Hashable, JSONObject {
    /// The table as it now is.
    public var tableDescription: TableDescription

    private init() { self = .unread }
}
