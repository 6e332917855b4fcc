/// A replica's state.
///
/// AWS adds states now and then; one not listed here is kept as it came.
public struct ReplicaStatus: RawRepresentable, Sendable, Hashable, JSONOpenEnumeration {
    /// The name on the wire.
    public let rawValue: String

    /// Wraps a name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// `CREATING`.
    public static let creating = ReplicaStatus(rawValue: "CREATING")
    /// `CREATION_FAILED`.
    public static let creationFailed = ReplicaStatus(rawValue: "CREATION_FAILED")
    /// `UPDATING`.
    public static let updating = ReplicaStatus(rawValue: "UPDATING")
    /// `DELETING`.
    public static let deleting = ReplicaStatus(rawValue: "DELETING")
    /// `ACTIVE`.
    public static let active = ReplicaStatus(rawValue: "ACTIVE")
    /// `REGION_DISABLED`.
    public static let regionDisabled = ReplicaStatus(rawValue: "REGION_DISABLED")
    /// `INACCESSIBLE_ENCRYPTION_CREDENTIALS`.
    public static let inaccessibleEncryptionCredentials = ReplicaStatus(rawValue: "INACCESSIBLE_ENCRYPTION_CREDENTIALS")
    /// `ARCHIVING`.
    public static let archiving = ReplicaStatus(rawValue: "ARCHIVING")
    /// `ARCHIVED`.
    public static let archived = ReplicaStatus(rawValue: "ARCHIVED")
    /// `REPLICATION_NOT_AUTHORIZED`.
    public static let replicationNotAuthorized = ReplicaStatus(rawValue: "REPLICATION_NOT_AUTHORIZED")
}

/// A replica of a table in another region.
public struct ReplicaDescription: Sendable, Hashable, JSONObject {
    /// The AWS region.
    public var regionName: String?
    /// Whether the replica can be used.
    public var replicaStatus: ReplicaStatus?
    /// The replica's ARN.
    public var replicaArn: String?
    /// More about the status.
    public var replicaStatusDescription: String?
    /// How far the replica's creation is.
    public var replicaStatusPercentProgress: String?
    /// The key's ID, ARN or alias.
    public var kmsMasterKeyId: String?
    /// Read capacity of the replica.
    public var provisionedThroughputOverride: ProvisionedThroughputOverride?
    /// Upper bound of the replica's on-demand reads.
    public var onDemandThroughputOverride: OnDemandThroughputOverride?
    /// The throughput that is ready at once.
    public var warmThroughput: TableWarmThroughputDescription?
    /// Global secondary indexes, at most twenty.
    public var globalSecondaryIndexes: [ReplicaGlobalSecondaryIndexDescription]?
    /// Since when the replica cannot be used, in seconds since 1970.
    public var replicaInaccessibleDateTime: Double?
    /// The replica's storage class.
    public var replicaTableClassSummary: TableClassSummary?
    /// Whether settings are synchronised between replicas.
    public var globalTableSettingsReplicationMode: GlobalTableSettingsReplicationMode?

    private init() { self = .unread }
}

/// An index of a replica.
public struct ReplicaGlobalSecondaryIndexDescription: Sendable, Hashable, JSONObject {
    /// The index's name.
    public var indexName: String?
    /// Read capacity of the replica.
    public var provisionedThroughputOverride: ProvisionedThroughputOverride?
    /// Upper bound of the replica's on-demand reads.
    public var onDemandThroughputOverride: OnDemandThroughputOverride?
    /// The throughput that is ready at once.
    public var warmThroughput: GlobalSecondaryIndexWarmThroughputDescription?

    private init() { self = .unread }
}

/// A replica's own read capacity.
public struct ProvisionedThroughputOverride: Sendable, Hashable, JSONObject {
    /// Strongly consistent reads of up to 4 KB a second.
    public var readCapacityUnits: Int?

    private init() { self = .unread }
}

/// A replica's own upper bound of on-demand reads.
public struct OnDemandThroughputOverride: Sendable, Hashable, JSONObject {
    /// The most read request units a second.
    public var maxReadRequestUnits: Int?

    private init() { self = .unread }
}
