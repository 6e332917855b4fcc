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
        tableName: String,
        attributeDefinitions: [AttributeDefinition],
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
        self.tableName = tableName
        self.attributeDefinitions = attributeDefinitions
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

    package static var unread: Self { Self(tableName: "", attributeDefinitions: []) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableName", &tableName)
        try members.required("AttributeDefinitions", &attributeDefinitions)
        try members.optional("KeySchema", &keySchema)
        try members.optional("LocalSecondaryIndexes", &localSecondaryIndexes)
        try members.optional("GlobalSecondaryIndexes", &globalSecondaryIndexes)
        try members.optional("BillingMode", &billingMode)
        try members.optional("ProvisionedThroughput", &provisionedThroughput)
        try members.optional("StreamSpecification", &streamSpecification)
        try members.optional("SSESpecification", &sseSpecification)
        try members.optional("Tags", &tags)
        try members.optional("TableClass", &tableClass)
        try members.optional("DeletionProtectionEnabled", &deletionProtectionEnabled)
        try members.optional("WarmThroughput", &warmThroughput)
        try members.optional("ResourcePolicy", &resourcePolicy)
        try members.optional("OnDemandThroughput", &onDemandThroughput)
        try members.optional("GlobalTableSourceArn", &globalTableSourceArn)
        try members.optional("GlobalTableSettingsReplicationMode", &globalTableSettingsReplicationMode)
    }
}

/// What CreateTable returns.
public struct CreateTableOutput: Sendable, Hashable, JSONObject {
    /// The table as it now is.
    public var tableDescription: TableDescription

    /// Makes a response of its members.
    public init(tableDescription: TableDescription) {
        self.tableDescription = tableDescription
    }

    package static var unread: Self { Self(tableDescription: .init(tableName: "", tableStatus: .creating)) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableDescription", &tableDescription)
    }
}
