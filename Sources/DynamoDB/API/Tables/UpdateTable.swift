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
    /// The creation or deletion of a vector index.
    public var vectorIndexUpdates: [VectorIndexUpdate]?
    /// The stream of changes, if any.
    public var streamSpecification: StreamSpecification?
    /// Encryption at rest.
    public var sseSpecification: SSESpecification?
    /// The storage class.
    public var tableClass: TableClass?
    /// Whether DeleteTable is refused.
    public var deletionProtectionEnabled: Bool?
    /// Whether the table's replicas cannot be made tables of their own.
    public var disassociationProtectionEnabled: Bool?
    /// Upper bounds of on-demand capacity.
    public var onDemandThroughput: OnDemandThroughput?
    /// The throughput that is ready at once.
    public var warmThroughput: WarmThroughput?
    /// Replicas in other regions to be added, changed or removed.
    public var replicaUpdates: [ReplicationGroupUpdate]?
    /// How consistent reads in different regions are.
    public var multiRegionConsistency: MultiRegionConsistency?
    /// Witnesses in other regions to be added or removed.
    public var globalTableWitnessUpdates: [GlobalTableWitnessGroupUpdate]?
    /// Whether settings are synchronised between replicas.
    public var globalTableSettingsReplicationMode: GlobalTableSettingsReplicationMode?

    private init() { self = .unread }
}

/// What UpdateTable returns.
public struct UpdateTableOutput: Sendable, Hashable, JSONObject {
    /// The table as it is when the change begins.
    public var tableDescription: TableDescription

    private init() { self = .unread }
}
