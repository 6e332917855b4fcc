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
public struct ReplicaDescription: Sendable, Hashable, JSONCodable {
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

    /// Makes a value of its members.
    public init(
        regionName: String? = nil,
        replicaStatus: ReplicaStatus? = nil,
        replicaArn: String? = nil,
        replicaStatusDescription: String? = nil,
        replicaStatusPercentProgress: String? = nil,
        kmsMasterKeyId: String? = nil,
        provisionedThroughputOverride: ProvisionedThroughputOverride? = nil,
        onDemandThroughputOverride: OnDemandThroughputOverride? = nil,
        warmThroughput: TableWarmThroughputDescription? = nil,
        globalSecondaryIndexes: [ReplicaGlobalSecondaryIndexDescription]? = nil,
        replicaInaccessibleDateTime: Double? = nil,
        replicaTableClassSummary: TableClassSummary? = nil,
        globalTableSettingsReplicationMode: GlobalTableSettingsReplicationMode? = nil
    ) {
        self.regionName = regionName
        self.replicaStatus = replicaStatus
        self.replicaArn = replicaArn
        self.replicaStatusDescription = replicaStatusDescription
        self.replicaStatusPercentProgress = replicaStatusPercentProgress
        self.kmsMasterKeyId = kmsMasterKeyId
        self.provisionedThroughputOverride = provisionedThroughputOverride
        self.onDemandThroughputOverride = onDemandThroughputOverride
        self.warmThroughput = warmThroughput
        self.globalSecondaryIndexes = globalSecondaryIndexes
        self.replicaInaccessibleDateTime = replicaInaccessibleDateTime
        self.replicaTableClassSummary = replicaTableClassSummary
        self.globalTableSettingsReplicationMode = globalTableSettingsReplicationMode
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "RegionName": regionName = try json.value()
            case "ReplicaStatus": replicaStatus = try json.value()
            case "ReplicaArn": replicaArn = try json.value()
            case "ReplicaStatusDescription": replicaStatusDescription = try json.value()
            case "ReplicaStatusPercentProgress": replicaStatusPercentProgress = try json.value()
            case "KMSMasterKeyId": kmsMasterKeyId = try json.value()
            case "ProvisionedThroughputOverride": provisionedThroughputOverride = try json.value()
            case "OnDemandThroughputOverride": onDemandThroughputOverride = try json.value()
            case "WarmThroughput": warmThroughput = try json.value()
            case "GlobalSecondaryIndexes": globalSecondaryIndexes = try json.value()
            case "ReplicaInaccessibleDateTime": replicaInaccessibleDateTime = try json.value()
            case "ReplicaTableClassSummary": replicaTableClassSummary = try json.value()
            case "GlobalTableSettingsReplicationMode": globalTableSettingsReplicationMode = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("RegionName", regionName)
            json.member("ReplicaStatus", replicaStatus)
            json.member("ReplicaArn", replicaArn)
            json.member("ReplicaStatusDescription", replicaStatusDescription)
            json.member("ReplicaStatusPercentProgress", replicaStatusPercentProgress)
            json.member("KMSMasterKeyId", kmsMasterKeyId)
            json.member("ProvisionedThroughputOverride", provisionedThroughputOverride)
            json.member("OnDemandThroughputOverride", onDemandThroughputOverride)
            json.member("WarmThroughput", warmThroughput)
            json.member("GlobalSecondaryIndexes", globalSecondaryIndexes)
            json.member("ReplicaInaccessibleDateTime", replicaInaccessibleDateTime)
            json.member("ReplicaTableClassSummary", replicaTableClassSummary)
            json.member("GlobalTableSettingsReplicationMode", globalTableSettingsReplicationMode)
        }
    }
}

/// An index of a replica.
public struct ReplicaGlobalSecondaryIndexDescription: Sendable, Hashable, JSONCodable {
    /// The index's name.
    public var indexName: String?
    /// Read capacity of the replica.
    public var provisionedThroughputOverride: ProvisionedThroughputOverride?
    /// Upper bound of the replica's on-demand reads.
    public var onDemandThroughputOverride: OnDemandThroughputOverride?
    /// The throughput that is ready at once.
    public var warmThroughput: GlobalSecondaryIndexWarmThroughputDescription?

    /// Makes a value of its members.
    public init(
        indexName: String? = nil,
        provisionedThroughputOverride: ProvisionedThroughputOverride? = nil,
        onDemandThroughputOverride: OnDemandThroughputOverride? = nil,
        warmThroughput: GlobalSecondaryIndexWarmThroughputDescription? = nil
    ) {
        self.indexName = indexName
        self.provisionedThroughputOverride = provisionedThroughputOverride
        self.onDemandThroughputOverride = onDemandThroughputOverride
        self.warmThroughput = warmThroughput
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "IndexName": indexName = try json.value()
            case "ProvisionedThroughputOverride": provisionedThroughputOverride = try json.value()
            case "OnDemandThroughputOverride": onDemandThroughputOverride = try json.value()
            case "WarmThroughput": warmThroughput = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("IndexName", indexName)
            json.member("ProvisionedThroughputOverride", provisionedThroughputOverride)
            json.member("OnDemandThroughputOverride", onDemandThroughputOverride)
            json.member("WarmThroughput", warmThroughput)
        }
    }
}

/// A replica's own read capacity.
public struct ProvisionedThroughputOverride: Sendable, Hashable, JSONCodable {
    /// Strongly consistent reads of up to 4 KB a second.
    public var readCapacityUnits: Int?

    /// Makes a value of its members.
    public init(readCapacityUnits: Int? = nil) {
        self.readCapacityUnits = readCapacityUnits
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "ReadCapacityUnits": readCapacityUnits = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ReadCapacityUnits", readCapacityUnits)
        }
    }
}

/// A replica's own upper bound of on-demand reads.
public struct OnDemandThroughputOverride: Sendable, Hashable, JSONCodable {
    /// The most read request units a second.
    public var maxReadRequestUnits: Int?

    /// Makes a value of its members.
    public init(maxReadRequestUnits: Int? = nil) {
        self.maxReadRequestUnits = maxReadRequestUnits
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "MaxReadRequestUnits": maxReadRequestUnits = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("MaxReadRequestUnits", maxReadRequestUnits)
        }
    }
}
