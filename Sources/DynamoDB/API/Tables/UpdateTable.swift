/// Changes a table's settings, or adds or deletes one global secondary index.
///
/// Source: AWS, "UpdateTable" in the Amazon DynamoDB API reference.
public struct UpdateTableInput: Sendable, Hashable, JSONCodable {
    /// The table's name, or its ARN.
    public var tableName: String
    /// Names and types of the key attributes of a new index.
    public var attributeDefinitions: [AttributeDefinition]?
    /// Provisioned, or on demand.
    public var billingMode: BillingMode?
    /// Provisioned capacity.
    public var provisionedThroughput: ProvisionedThroughput?
    /// Changes of global secondary indexes; at most one is created or deleted.
    public var globalSecondaryIndexUpdates: [GlobalSecondaryIndexUpdate]?
    /// The stream of changes, if any.
    public var streamSpecification: StreamSpecification?
    /// Encryption at rest.
    public var sseSpecification: SSESpecification?
    /// The storage class.
    public var tableClass: TableClass?
    /// Whether DeleteTable is refused.
    public var deletionProtectionEnabled: Bool?
    /// Upper bounds of on-demand capacity.
    public var onDemandThroughput: OnDemandThroughput?
    /// The throughput that is ready at once.
    public var warmThroughput: WarmThroughput?

    /// Makes a request of its members.
    public init(
        tableName: String,
        attributeDefinitions: [AttributeDefinition]? = nil,
        billingMode: BillingMode? = nil,
        provisionedThroughput: ProvisionedThroughput? = nil,
        globalSecondaryIndexUpdates: [GlobalSecondaryIndexUpdate]? = nil,
        streamSpecification: StreamSpecification? = nil,
        sseSpecification: SSESpecification? = nil,
        tableClass: TableClass? = nil,
        deletionProtectionEnabled: Bool? = nil,
        onDemandThroughput: OnDemandThroughput? = nil,
        warmThroughput: WarmThroughput? = nil
    ) {
        self.tableName = tableName
        self.attributeDefinitions = attributeDefinitions
        self.billingMode = billingMode
        self.provisionedThroughput = provisionedThroughput
        self.globalSecondaryIndexUpdates = globalSecondaryIndexUpdates
        self.streamSpecification = streamSpecification
        self.sseSpecification = sseSpecification
        self.tableClass = tableClass
        self.deletionProtectionEnabled = deletionProtectionEnabled
        self.onDemandThroughput = onDemandThroughput
        self.warmThroughput = warmThroughput
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(tableName: "")
        try json.members(requiring: "TableName") { json, key throws(DynamoDBError) in
            switch key {
            case "TableName": tableName = try json.value()
            case "AttributeDefinitions": attributeDefinitions = try json.value()
            case "BillingMode": billingMode = try json.value()
            case "ProvisionedThroughput": provisionedThroughput = try json.value()
            case "GlobalSecondaryIndexUpdates": globalSecondaryIndexUpdates = try json.value()
            case "StreamSpecification": streamSpecification = try json.value()
            case "SSESpecification": sseSpecification = try json.value()
            case "TableClass": tableClass = try json.value()
            case "DeletionProtectionEnabled": deletionProtectionEnabled = try json.value()
            case "OnDemandThroughput": onDemandThroughput = try json.value()
            case "WarmThroughput": warmThroughput = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TableName", tableName)
            json.member("AttributeDefinitions", attributeDefinitions)
            json.member("BillingMode", billingMode)
            json.member("ProvisionedThroughput", provisionedThroughput)
            json.member("GlobalSecondaryIndexUpdates", globalSecondaryIndexUpdates)
            json.member("StreamSpecification", streamSpecification)
            json.member("SSESpecification", sseSpecification)
            json.member("TableClass", tableClass)
            json.member("DeletionProtectionEnabled", deletionProtectionEnabled)
            json.member("OnDemandThroughput", onDemandThroughput)
            json.member("WarmThroughput", warmThroughput)
        }
    }
}

/// What UpdateTable returns.
public struct UpdateTableOutput: Sendable, Hashable, JSONCodable {
    /// The table as it is when the change begins.
    public var tableDescription: TableDescription

    /// Makes a response of its members.
    public init(tableDescription: TableDescription) {
        self.tableDescription = tableDescription
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(tableDescription: .init(tableName: "", tableStatus: .active))
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
