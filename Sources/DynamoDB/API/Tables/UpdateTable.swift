/// Changes a table's settings, or adds or deletes one global secondary index.
///
/// Source: AWS, "UpdateTable" in the Amazon DynamoDB API reference.
public struct UpdateTableInput: Sendable, Hashable, JSONObject {
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

    package static var unread: Self { Self(tableName: "") }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableName", &tableName)
        try members.optional("AttributeDefinitions", &attributeDefinitions)
        try members.optional("BillingMode", &billingMode)
        try members.optional("ProvisionedThroughput", &provisionedThroughput)
        try members.optional("GlobalSecondaryIndexUpdates", &globalSecondaryIndexUpdates)
        try members.optional("StreamSpecification", &streamSpecification)
        try members.optional("SSESpecification", &sseSpecification)
        try members.optional("TableClass", &tableClass)
        try members.optional("DeletionProtectionEnabled", &deletionProtectionEnabled)
        try members.optional("OnDemandThroughput", &onDemandThroughput)
        try members.optional("WarmThroughput", &warmThroughput)
    }
}

/// What UpdateTable returns.
public struct UpdateTableOutput: Sendable, Hashable, JSONObject {
    /// The table as it is when the change begins.
    public var tableDescription: TableDescription

    /// Makes a response of its members.
    public init(tableDescription: TableDescription) {
        self.tableDescription = tableDescription
    }

    package static var unread: Self { Self(tableDescription: .init(tableName: "", tableStatus: .active)) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableDescription", &tableDescription)
    }
}
