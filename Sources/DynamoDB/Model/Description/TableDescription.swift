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
    /// Vector indexes, at most five.
    public var vectorIndexes: [VectorIndexDescription]?
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
    /// Whether the table's replicas cannot be made tables of their own.
    public var disassociationProtectionEnabled: Bool?
    /// Upper bounds of on-demand capacity.
    public var onDemandThroughput: OnDemandThroughput?
    /// The throughput that is ready at once.
    public var warmThroughput: TableWarmThroughputDescription?
    /// How replicas agree.
    public var multiRegionConsistency: MultiRegionConsistency?

    private init() { self = .unread }
}
