/// A table's state.
///
/// AWS adds states now and then; one not listed here is kept as it came.
public struct TableStatus: RawRepresentable, Sendable, Hashable, JSONOpenEnumeration {
    /// The name on the wire.
    public let rawValue: String

    /// Wraps a name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// `CREATING`.
    public static let creating = TableStatus(rawValue: "CREATING")
    /// `UPDATING`.
    public static let updating = TableStatus(rawValue: "UPDATING")
    /// `DELETING`.
    public static let deleting = TableStatus(rawValue: "DELETING")
    /// `ACTIVE`.
    public static let active = TableStatus(rawValue: "ACTIVE")
    /// `INACCESSIBLE_ENCRYPTION_CREDENTIALS`.
    public static let inaccessibleEncryptionCredentials = TableStatus(rawValue: "INACCESSIBLE_ENCRYPTION_CREDENTIALS")
    /// `ARCHIVING`.
    public static let archiving = TableStatus(rawValue: "ARCHIVING")
    /// `ARCHIVED`.
    public static let archived = TableStatus(rawValue: "ARCHIVED")
    /// `REPLICATION_NOT_AUTHORIZED`.
    public static let replicationNotAuthorized = TableStatus(rawValue: "REPLICATION_NOT_AUTHORIZED")
}

/// A table's schema, state and size.
public struct TableDescription: Sendable, Hashable, JSONObject {
    /// The table's name, or its ARN.
    public var tableName: String
    /// Whether the table can be used.
    public var tableStatus: TableStatus
    /// Names and types of every attribute that is part of a key.
    public var attributeDefinitions: [AttributeDefinition]?
    /// The key: the partition key first, then the sort key if there is one.
    public var keySchema: [KeySchemaElement]?
    /// When the table was created, in seconds since 1970.
    public var creationDateTime: Double?
    /// Provisioned capacity; nil on demand.
    public var provisionedThroughput: ProvisionedThroughputDescription?
    /// The items' total size in bytes, as of the last count.
    public var tableSizeBytes: Int?
    /// The number of items, as of the last count.
    public var itemCount: Int?
    /// The table's ARN.
    public var tableArn: String?
    /// The table's UUID.
    public var tableId: String?
    /// How capacity is billed.
    public var billingModeSummary: BillingModeSummary?
    /// Local secondary indexes, at most five.
    public var localSecondaryIndexes: [LocalSecondaryIndexDescription]?
    /// Global secondary indexes, at most twenty.
    public var globalSecondaryIndexes: [GlobalSecondaryIndexDescription]?
    /// The stream of changes, if any.
    public var streamSpecification: StreamSpecification?
    /// The latest stream's label: its creation time.
    public var latestStreamLabel: String?
    /// The latest stream's ARN.
    public var latestStreamArn: String?
    /// The version of global tables in use.
    public var globalTableVersion: String?
    /// The table's replicas in other regions.
    public var replicas: [ReplicaDescription]?
    /// Witnesses of a strongly consistent global table.
    public var globalTableWitnesses: [GlobalTableWitnessDescription]?
    /// Whether settings are synchronised between replicas.
    public var globalTableSettingsReplicationMode: GlobalTableSettingsReplicationMode?
    /// What the table was restored from.
    public var restoreSummary: RestoreSummary?
    /// Encryption at rest.
    public var sseDescription: SSEDescription?
    /// Why and where the table was archived.
    public var archivalSummary: ArchivalSummary?
    /// The storage class.
    public var tableClassSummary: TableClassSummary?
    /// Whether DeleteTable is refused.
    public var deletionProtectionEnabled: Bool?
    /// Upper bounds of on-demand capacity.
    public var onDemandThroughput: OnDemandThroughput?
    /// The throughput that is ready at once.
    public var warmThroughput: TableWarmThroughputDescription?
    /// How replicas agree.
    public var multiRegionConsistency: MultiRegionConsistency?

    /// Makes a value of its members.
    public init(
        tableName: String,
        tableStatus: TableStatus,
        attributeDefinitions: [AttributeDefinition]? = nil,
        keySchema: [KeySchemaElement]? = nil,
        creationDateTime: Double? = nil,
        provisionedThroughput: ProvisionedThroughputDescription? = nil,
        tableSizeBytes: Int? = nil,
        itemCount: Int? = nil,
        tableArn: String? = nil,
        tableId: String? = nil,
        billingModeSummary: BillingModeSummary? = nil,
        localSecondaryIndexes: [LocalSecondaryIndexDescription]? = nil,
        globalSecondaryIndexes: [GlobalSecondaryIndexDescription]? = nil,
        streamSpecification: StreamSpecification? = nil,
        latestStreamLabel: String? = nil,
        latestStreamArn: String? = nil,
        globalTableVersion: String? = nil,
        replicas: [ReplicaDescription]? = nil,
        globalTableWitnesses: [GlobalTableWitnessDescription]? = nil,
        globalTableSettingsReplicationMode: GlobalTableSettingsReplicationMode? = nil,
        restoreSummary: RestoreSummary? = nil,
        sseDescription: SSEDescription? = nil,
        archivalSummary: ArchivalSummary? = nil,
        tableClassSummary: TableClassSummary? = nil,
        deletionProtectionEnabled: Bool? = nil,
        onDemandThroughput: OnDemandThroughput? = nil,
        warmThroughput: TableWarmThroughputDescription? = nil,
        multiRegionConsistency: MultiRegionConsistency? = nil
    ) {
        self.tableName = tableName
        self.tableStatus = tableStatus
        self.attributeDefinitions = attributeDefinitions
        self.keySchema = keySchema
        self.creationDateTime = creationDateTime
        self.provisionedThroughput = provisionedThroughput
        self.tableSizeBytes = tableSizeBytes
        self.itemCount = itemCount
        self.tableArn = tableArn
        self.tableId = tableId
        self.billingModeSummary = billingModeSummary
        self.localSecondaryIndexes = localSecondaryIndexes
        self.globalSecondaryIndexes = globalSecondaryIndexes
        self.streamSpecification = streamSpecification
        self.latestStreamLabel = latestStreamLabel
        self.latestStreamArn = latestStreamArn
        self.globalTableVersion = globalTableVersion
        self.replicas = replicas
        self.globalTableWitnesses = globalTableWitnesses
        self.globalTableSettingsReplicationMode = globalTableSettingsReplicationMode
        self.restoreSummary = restoreSummary
        self.sseDescription = sseDescription
        self.archivalSummary = archivalSummary
        self.tableClassSummary = tableClassSummary
        self.deletionProtectionEnabled = deletionProtectionEnabled
        self.onDemandThroughput = onDemandThroughput
        self.warmThroughput = warmThroughput
        self.multiRegionConsistency = multiRegionConsistency
    }

    package static var unread: Self { Self(tableName: "", tableStatus: .active) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableName", &tableName)
        try members.required("TableStatus", &tableStatus)
        try members.optional("AttributeDefinitions", &attributeDefinitions)
        try members.optional("KeySchema", &keySchema)
        try members.optional("CreationDateTime", &creationDateTime)
        try members.optional("ProvisionedThroughput", &provisionedThroughput)
        try members.optional("TableSizeBytes", &tableSizeBytes)
        try members.optional("ItemCount", &itemCount)
        try members.optional("TableArn", &tableArn)
        try members.optional("TableId", &tableId)
        try members.optional("BillingModeSummary", &billingModeSummary)
        try members.optional("LocalSecondaryIndexes", &localSecondaryIndexes)
        try members.optional("GlobalSecondaryIndexes", &globalSecondaryIndexes)
        try members.optional("StreamSpecification", &streamSpecification)
        try members.optional("LatestStreamLabel", &latestStreamLabel)
        try members.optional("LatestStreamArn", &latestStreamArn)
        try members.optional("GlobalTableVersion", &globalTableVersion)
        try members.optional("Replicas", &replicas)
        try members.optional("GlobalTableWitnesses", &globalTableWitnesses)
        try members.optional("GlobalTableSettingsReplicationMode", &globalTableSettingsReplicationMode)
        try members.optional("RestoreSummary", &restoreSummary)
        try members.optional("SSEDescription", &sseDescription)
        try members.optional("ArchivalSummary", &archivalSummary)
        try members.optional("TableClassSummary", &tableClassSummary)
        try members.optional("DeletionProtectionEnabled", &deletionProtectionEnabled)
        try members.optional("OnDemandThroughput", &onDemandThroughput)
        try members.optional("WarmThroughput", &warmThroughput)
        try members.optional("MultiRegionConsistency", &multiRegionConsistency)
    }
}
