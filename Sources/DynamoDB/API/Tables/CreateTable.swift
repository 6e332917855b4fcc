/// Creates a table.
///
/// Source: AWS, "CreateTable" in the Amazon DynamoDB API reference.
public struct CreateTableInput: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(tableName: "", attributeDefinitions: [])
        try json.members(requiring: "TableName", "AttributeDefinitions") { json, key throws(DynamoDBError) in
            switch key {
            case "TableName": tableName = try json.value()
            case "AttributeDefinitions": attributeDefinitions = try json.value()
            case "KeySchema": keySchema = try json.value()
            case "LocalSecondaryIndexes": localSecondaryIndexes = try json.value()
            case "GlobalSecondaryIndexes": globalSecondaryIndexes = try json.value()
            case "BillingMode": billingMode = try json.value()
            case "ProvisionedThroughput": provisionedThroughput = try json.value()
            case "StreamSpecification": streamSpecification = try json.value()
            case "SSESpecification": sseSpecification = try json.value()
            case "Tags": tags = try json.value()
            case "TableClass": tableClass = try json.value()
            case "DeletionProtectionEnabled": deletionProtectionEnabled = try json.value()
            case "WarmThroughput": warmThroughput = try json.value()
            case "ResourcePolicy": resourcePolicy = try json.value()
            case "OnDemandThroughput": onDemandThroughput = try json.value()
            case "GlobalTableSourceArn": globalTableSourceArn = try json.value()
            case "GlobalTableSettingsReplicationMode": globalTableSettingsReplicationMode = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TableName", tableName)
            json.member("AttributeDefinitions", attributeDefinitions)
            json.member("KeySchema", keySchema)
            json.member("LocalSecondaryIndexes", localSecondaryIndexes)
            json.member("GlobalSecondaryIndexes", globalSecondaryIndexes)
            json.member("BillingMode", billingMode)
            json.member("ProvisionedThroughput", provisionedThroughput)
            json.member("StreamSpecification", streamSpecification)
            json.member("SSESpecification", sseSpecification)
            json.member("Tags", tags)
            json.member("TableClass", tableClass)
            json.member("DeletionProtectionEnabled", deletionProtectionEnabled)
            json.member("WarmThroughput", warmThroughput)
            json.member("ResourcePolicy", resourcePolicy)
            json.member("OnDemandThroughput", onDemandThroughput)
            json.member("GlobalTableSourceArn", globalTableSourceArn)
            json.member("GlobalTableSettingsReplicationMode", globalTableSettingsReplicationMode)
        }
    }
}

/// What CreateTable returns.
public struct CreateTableOutput: Sendable, Hashable, JSONCodable {
    /// The table as it now is.
    public var tableDescription: TableDescription

    /// Makes a response of its members.
    public init(tableDescription: TableDescription) {
        self.tableDescription = tableDescription
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(tableDescription: .init(tableName: "", tableStatus: .creating))
        try json.members(requiring: "TableDescription") { json, key throws(DynamoDBError) in
            switch key {
            case "TableDescription": tableDescription = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TableDescription", tableDescription)
        }
    }
}
