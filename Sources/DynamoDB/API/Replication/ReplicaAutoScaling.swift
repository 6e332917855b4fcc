/// Tells how the capacity of a table's replicas follows the load.
///
/// Source: AWS, "DescribeTableReplicaAutoScaling" in the Amazon DynamoDB API reference.
public struct DescribeTableReplicaAutoScalingInput: Sendable, Hashable, JSONObject {
    /// The table's name.
    public var tableName: String

    private init() { self = .unread }
}

/// What DescribeTableReplicaAutoScaling returns.
public struct DescribeTableReplicaAutoScalingOutput: Sendable, Hashable, JSONObject {
    /// How the capacity of the replicas follows the load.
    public var tableAutoScalingDescription: TableAutoScalingDescription?

    private init() { self = .unread }
}

/// How the capacity of a table's replicas follows the load.
public struct TableAutoScalingDescription: Sendable, Hashable, JSONObject {
    /// The table's name.
    public var tableName: String?
    /// Whether the table can be used.
    public var tableStatus: TableStatus?
    /// The replicas.
    public var replicas: [ReplicaAutoScalingDescription]?

    private init() { self = .unread }
}

/// How a replica's capacity follows the load.
public struct ReplicaAutoScalingDescription: Sendable, Hashable, JSONObject {
    /// The AWS region.
    public var regionName: String?
    /// Global secondary indexes, at most twenty.
    public var globalSecondaryIndexes: [ReplicaGlobalSecondaryIndexAutoScalingDescription]?
    /// How the replica's read capacity follows the load.
    public var replicaProvisionedReadCapacityAutoScalingSettings: AutoScalingSettingsDescription?
    /// How the replica's write capacity follows the load.
    public var replicaProvisionedWriteCapacityAutoScalingSettings: AutoScalingSettingsDescription?
    /// Whether the replica can be used.
    public var replicaStatus: ReplicaStatus?

    private init() { self = .unread }
}

/// How the capacity of a replica's global secondary index follows the load.
public struct ReplicaGlobalSecondaryIndexAutoScalingDescription: Sendable, Hashable, JSONObject {
    /// The index's name.
    public var indexName: String?
    /// Whether the index can be used.
    public var indexStatus: IndexStatus?
    /// How read capacity follows the load.
    public var provisionedReadCapacityAutoScalingSettings: AutoScalingSettingsDescription?
    /// How write capacity follows the load.
    public var provisionedWriteCapacityAutoScalingSettings: AutoScalingSettingsDescription?

    private init() { self = .unread }
}

/// Changes how the capacity of a table's replicas follows the load.
///
/// Source: AWS, "UpdateTableReplicaAutoScaling" in the Amazon DynamoDB API reference.
public struct UpdateTableReplicaAutoScalingInput: Sendable, Hashable, JSONObject {
    /// The table's name.
    public var tableName: String
    /// Settings of global secondary indexes.
    public var globalSecondaryIndexUpdates: [GlobalSecondaryIndexAutoScalingUpdate]?
    /// How write capacity follows the load.
    public var provisionedWriteCapacityAutoScalingUpdate: AutoScalingSettingsUpdate?
    /// Settings of single replicas.
    public var replicaUpdates: [ReplicaAutoScalingUpdate]?

    private init() { self = .unread }
}

/// How the write capacity of a global secondary index shall follow the load.
public struct GlobalSecondaryIndexAutoScalingUpdate: Sendable, Hashable, JSONObject {
    /// The index's name.
    public var indexName: String?
    /// How write capacity follows the load.
    public var provisionedWriteCapacityAutoScalingUpdate: AutoScalingSettingsUpdate?

    private init() { self = .unread }
}

/// How a replica's capacity shall follow the load.
public struct ReplicaAutoScalingUpdate: Sendable, Hashable, JSONObject {
    /// The AWS region.
    public var regionName: String
    /// Settings of the replica's global secondary indexes.
    public var replicaGlobalSecondaryIndexUpdates: [ReplicaGlobalSecondaryIndexAutoScalingUpdate]?
    /// How the replica's read capacity follows the load.
    public var replicaProvisionedReadCapacityAutoScalingUpdate: AutoScalingSettingsUpdate?

    private init() { self = .unread }
}

/// How the capacity of a replica's global secondary index shall follow the load.
public struct ReplicaGlobalSecondaryIndexAutoScalingUpdate: Sendable, Hashable, JSONObject {
    /// The index's name.
    public var indexName: String?
    /// How read capacity follows the load.
    public var provisionedReadCapacityAutoScalingUpdate: AutoScalingSettingsUpdate?

    private init() { self = .unread }
}

/// What UpdateTableReplicaAutoScaling returns.
public struct UpdateTableReplicaAutoScalingOutput: Sendable, Hashable, JSONObject {
    /// How the capacity of the replicas follows the load.
    public var tableAutoScalingDescription: TableAutoScalingDescription?

    private init() { self = .unread }
}
