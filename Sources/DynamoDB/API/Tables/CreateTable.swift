/// Creates a table.
///
/// Source: AWS, "CreateTable" in the Amazon DynamoDB API reference.
public struct CreateTableInput: Sendable, Hashable {
    /// Names and types of every attribute that is part of a key.
    public var attributeDefinitions: [AttributeDefinition]
    /// The table's name, or its ARN.
    public var tableName: String
    /// The key: the partition key first, then the sort key if there is one.
    public var keySchema: [KeySchemaElement]?
    /// Local secondary indexes, at most five.
    public var localSecondaryIndexes: [LocalSecondaryIndex]?
    /// Global secondary indexes, at most twenty.
    public var globalSecondaryIndexes: [GlobalSecondaryIndex]?
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

    /// Makes a request of its members.
    public init(
        attributeDefinitions: [AttributeDefinition],
        tableName: String,
        keySchema: [KeySchemaElement]? = nil,
        localSecondaryIndexes: [LocalSecondaryIndex]? = nil,
        globalSecondaryIndexes: [GlobalSecondaryIndex]? = nil,
        billingMode: BillingMode? = nil,
        provisionedThroughput: ProvisionedThroughput? = nil,
        streamSpecification: StreamSpecification? = nil,
        sseSpecification: SSESpecification? = nil,
        tags: [Tag]? = nil,
        tableClass: TableClass? = nil,
        deletionProtectionEnabled: Bool? = nil,
        warmThroughput: WarmThroughput? = nil,
        resourcePolicy: String? = nil,
        onDemandThroughput: OnDemandThroughput? = nil,
        globalTableSourceArn: String? = nil,
        globalTableSettingsReplicationMode: GlobalTableSettingsReplicationMode? = nil
    ) {
        self.attributeDefinitions = attributeDefinitions
        self.tableName = tableName
        self.keySchema = keySchema
        self.localSecondaryIndexes = localSecondaryIndexes
        self.globalSecondaryIndexes = globalSecondaryIndexes
        self.billingMode = billingMode
        self.provisionedThroughput = provisionedThroughput
        self.streamSpecification = streamSpecification
        self.sseSpecification = sseSpecification
        self.tags = tags
        self.tableClass = tableClass
        self.deletionProtectionEnabled = deletionProtectionEnabled
        self.warmThroughput = warmThroughput
        self.resourcePolicy = resourcePolicy
        self.onDemandThroughput = onDemandThroughput
        self.globalTableSourceArn = globalTableSourceArn
        self.globalTableSettingsReplicationMode = globalTableSettingsReplicationMode
    }
}

/// What CreateTable returns.
public struct CreateTableOutput: Sendable, Hashable {
    /// The table as it now is.
    public var tableDescription: TableDescription

    /// Makes a response of its members.
    public init(tableDescription: TableDescription) {
        self.tableDescription = tableDescription
    }
}
