/// A replica of a table to be added, changed, removed or set free: one of the four.
public struct ReplicationGroupUpdate: Sendable, Hashable, JSONObject {
    /// A replica to be added.
    public var create: CreateReplicationGroupMemberAction?
    /// A replica to be changed.
    public var update: UpdateReplicationGroupMemberAction?
    /// A replica to be removed.
    public var delete: DeleteReplicationGroupMemberAction?
    /// A replica to become a table of its own.
    public var disassociate: DisassociateReplicationGroupMemberAction?

    private init() { self = .unread }
}

/// A replica of a table to become a table of its own.
public struct DisassociateReplicationGroupMemberAction: Sendable, Hashable, JSONObject {
    /// The AWS region.
    public var regionName: String
    /// What is waited for.
    public var disassociationMode: DisassociationMode

    private init() { self = .unread }
}

/// What is waited for before a replica becomes a table of its own.
public enum DisassociationMode: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// Until it has all changes of the others.
    case waitForReplication = "WAIT_FOR_REPLICATION"
}

/// A replica of a table to be added.
public struct CreateReplicationGroupMemberAction: Sendable, Hashable, JSONObject {
    /// The AWS region.
    public var regionName: String
    /// The key's ID, ARN or alias.
    public var kmsMasterKeyId: String?
    /// Read capacity of the replica.
    public var provisionedThroughputOverride: ProvisionedThroughputOverride?
    /// Upper bound of the replica's on-demand reads.
    public var onDemandThroughputOverride: OnDemandThroughputOverride?
    /// Global secondary indexes, at most twenty.
    public var globalSecondaryIndexes: [ReplicaGlobalSecondaryIndex]?
    /// The replica's storage class.
    public var tableClassOverride: TableClass?

    private init() { self = .unread }
}

/// Settings of a replica's global secondary index.
public struct ReplicaGlobalSecondaryIndex: Sendable, Hashable, JSONObject {
    /// The index's name.
    public var indexName: String
    /// Read capacity of the index.
    public var provisionedThroughputOverride: ProvisionedThroughputOverride?
    /// Upper bound of the index's on-demand reads.
    public var onDemandThroughputOverride: OnDemandThroughputOverride?

    private init() { self = .unread }
}

/// New settings of a replica of a table.
public struct UpdateReplicationGroupMemberAction: Sendable, Hashable, JSONObject {
    /// The AWS region.
    public var regionName: String
    /// The key's ID, ARN or alias.
    public var kmsMasterKeyId: String?
    /// Read capacity of the replica.
    public var provisionedThroughputOverride: ProvisionedThroughputOverride?
    /// Upper bound of the replica's on-demand reads.
    public var onDemandThroughputOverride: OnDemandThroughputOverride?
    /// Global secondary indexes, at most twenty.
    public var globalSecondaryIndexes: [ReplicaGlobalSecondaryIndex]?
    /// The replica's storage class.
    public var tableClassOverride: TableClass?

    private init() { self = .unread }
}

/// A replica of a table to be removed.
public struct DeleteReplicationGroupMemberAction: Sendable, Hashable, JSONObject {
    /// The AWS region.
    public var regionName: String

    private init() { self = .unread }
}

/// A witness of a global table to be added or removed: one of the two.
public struct GlobalTableWitnessGroupUpdate: Sendable, Hashable, JSONObject {
    /// A witness to be added.
    public var create: CreateGlobalTableWitnessGroupMemberAction?
    /// A witness to be removed.
    public var delete: DeleteGlobalTableWitnessGroupMemberAction?

    private init() { self = .unread }
}

/// A witness to be added.
public struct CreateGlobalTableWitnessGroupMemberAction: Sendable, Hashable, JSONObject {
    /// The AWS region.
    public var regionName: String

    private init() { self = .unread }
}

/// A witness to be removed.
public struct DeleteGlobalTableWitnessGroupMemberAction: Sendable, Hashable, JSONObject {
    /// The AWS region.
    public var regionName: String

    private init() { self = .unread }
}
