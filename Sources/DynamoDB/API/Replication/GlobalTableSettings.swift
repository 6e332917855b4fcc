/// Describes the settings of a global table of the older version.
///
/// Source: AWS, "DescribeGlobalTableSettings" in the Amazon DynamoDB API reference.
public struct DescribeGlobalTableSettingsInput: Sendable, Hashable, JSONObject {
    /// The global table's name.
    public var globalTableName: String

    private init() { self = .unread }
}

/// What DescribeGlobalTableSettings returns.
public struct DescribeGlobalTableSettingsOutput: Sendable, Hashable, JSONObject {
    /// The global table's name.
    public var globalTableName: String?
    /// The settings of each replica.
    public var replicaSettings: [ReplicaSettingsDescription]?

    private init() { self = .unread }
}

/// A replica's capacity and class.
public struct ReplicaSettingsDescription: Sendable, Hashable, JSONObject {
    /// The AWS region.
    public var regionName: String
    /// Whether the replica can be used.
    public var replicaStatus: ReplicaStatus?
    /// How the replica is billed.
    public var replicaBillingModeSummary: BillingModeSummary?
    /// The replica's read capacity.
    public var replicaProvisionedReadCapacityUnits: Int?
    /// How the replica's read capacity follows the load.
    public var replicaProvisionedReadCapacityAutoScalingSettings: AutoScalingSettingsDescription?
    /// The replica's write capacity.
    public var replicaProvisionedWriteCapacityUnits: Int?
    /// How the replica's write capacity follows the load.
    public var replicaProvisionedWriteCapacityAutoScalingSettings: AutoScalingSettingsDescription?
    /// Settings of the replica's global secondary indexes.
    public var replicaGlobalSecondaryIndexSettings: [ReplicaGlobalSecondaryIndexSettingsDescription]?
    /// The replica's storage class.
    public var replicaTableClassSummary: TableClassSummary?

    private init() { self = .unread }
}

/// The capacity of a replica's global secondary index.
public struct ReplicaGlobalSecondaryIndexSettingsDescription: Sendable, Hashable, JSONObject {
    /// The index's name.
    public var indexName: String
    /// Whether the index can be used.
    public var indexStatus: IndexStatus?
    /// Read capacity.
    public var provisionedReadCapacityUnits: Int?
    /// How read capacity follows the load.
    public var provisionedReadCapacityAutoScalingSettings: AutoScalingSettingsDescription?
    /// Write capacity.
    public var provisionedWriteCapacityUnits: Int?
    /// How write capacity follows the load.
    public var provisionedWriteCapacityAutoScalingSettings: AutoScalingSettingsDescription?

    private init() { self = .unread }
}

/// Changes the settings of a global table of the older version.
///
/// Source: AWS, "UpdateGlobalTableSettings" in the Amazon DynamoDB API reference.
public struct UpdateGlobalTableSettingsInput: Sendable, Hashable, JSONObject {
    /// The global table's name.
    public var globalTableName: String
    /// Provisioned, or on demand.
    public var globalTableBillingMode: BillingMode?
    /// Write capacity of every replica.
    public var globalTableProvisionedWriteCapacityUnits: Int?
    /// How write capacity follows the load.
    public var globalTableProvisionedWriteCapacityAutoScalingSettingsUpdate: AutoScalingSettingsUpdate?
    /// Settings of global secondary indexes.
    public var globalTableGlobalSecondaryIndexSettingsUpdate: [GlobalTableGlobalSecondaryIndexSettingsUpdate]?
    /// Settings of single replicas.
    public var replicaSettingsUpdate: [ReplicaSettingsUpdate]?

    private init() { self = .unread }
}

/// New settings of a global table's global secondary index.
public struct GlobalTableGlobalSecondaryIndexSettingsUpdate: Sendable, Hashable, JSONObject {
    /// The index's name.
    public var indexName: String
    /// Write capacity.
    public var provisionedWriteCapacityUnits: Int?
    /// How write capacity follows the load.
    public var provisionedWriteCapacityAutoScalingSettingsUpdate: AutoScalingSettingsUpdate?

    private init() { self = .unread }
}

/// New settings of a replica.
public struct ReplicaSettingsUpdate: Sendable, Hashable, JSONObject {
    /// The AWS region.
    public var regionName: String
    /// The replica's read capacity.
    public var replicaProvisionedReadCapacityUnits: Int?
    /// How the replica's read capacity follows the load.
    public var replicaProvisionedReadCapacityAutoScalingSettingsUpdate: AutoScalingSettingsUpdate?
    /// Settings of the replica's global secondary indexes.
    public var replicaGlobalSecondaryIndexSettingsUpdate: [ReplicaGlobalSecondaryIndexSettingsUpdate]?
    /// The replica's storage class.
    public var replicaTableClass: TableClass?

    private init() { self = .unread }
}

/// New settings of a replica's global secondary index.
public struct ReplicaGlobalSecondaryIndexSettingsUpdate: Sendable, Hashable, JSONObject {
    /// The index's name.
    public var indexName: String
    /// Read capacity.
    public var provisionedReadCapacityUnits: Int?
    /// How read capacity follows the load.
    public var provisionedReadCapacityAutoScalingSettingsUpdate: AutoScalingSettingsUpdate?

    private init() { self = .unread }
}

/// What UpdateGlobalTableSettings returns.
public struct UpdateGlobalTableSettingsOutput: Sendable, Hashable, JSONObject {
    /// The global table's name.
    public var globalTableName: String?
    /// The settings of each replica.
    public var replicaSettings: [ReplicaSettingsDescription]?

    private init() { self = .unread }
}
