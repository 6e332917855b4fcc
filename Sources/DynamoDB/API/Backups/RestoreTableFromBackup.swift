/// Makes a table of a backup.
///
/// Source: AWS, "RestoreTableFromBackup" in the Amazon DynamoDB API reference.
public struct RestoreTableFromBackupInput: Sendable, Hashable, JSONObject {
    /// The new table's name.
    public var targetTableName: String
    /// The backup's ARN.
    public var backupArn: String
    /// How the new table is paid for.
    public var billingModeOverride: BillingMode?
    /// The global secondary indexes that the new table has, of those of the old; nil for all.
    public var globalSecondaryIndexOverride: [GlobalSecondaryIndex]?
    /// The local secondary indexes that the new table has, of those of the old; nil for all.
    public var localSecondaryIndexOverride: [LocalSecondaryIndex]?
    /// The new table's provisioned throughput.
    public var provisionedThroughputOverride: ProvisionedThroughput?
    /// The most units of the new table, if it is on demand.
    public var onDemandThroughputOverride: OnDemandThroughput?
    /// The new table's encryption.
    public var sseSpecificationOverride: SSESpecification?

    /// Makes a request of its members.
    public init(
        targetTableName: String,
        backupArn: String,
        billingModeOverride: BillingMode? = nil,
        globalSecondaryIndexOverride: [GlobalSecondaryIndex]? = nil,
        localSecondaryIndexOverride: [LocalSecondaryIndex]? = nil,
        provisionedThroughputOverride: ProvisionedThroughput? = nil,
        onDemandThroughputOverride: OnDemandThroughput? = nil,
        sseSpecificationOverride: SSESpecification? = nil
    ) {
        self.targetTableName = targetTableName
        self.backupArn = backupArn
        self.billingModeOverride = billingModeOverride
        self.globalSecondaryIndexOverride = globalSecondaryIndexOverride
        self.localSecondaryIndexOverride = localSecondaryIndexOverride
        self.provisionedThroughputOverride = provisionedThroughputOverride
        self.onDemandThroughputOverride = onDemandThroughputOverride
        self.sseSpecificationOverride = sseSpecificationOverride
    }

    package static var unread: Self { Self(targetTableName: "", backupArn: "") }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TargetTableName", &targetTableName)
        try members.required("BackupArn", &backupArn)
        try members.optional("BillingModeOverride", &billingModeOverride)
        try members.optional("GlobalSecondaryIndexOverride", &globalSecondaryIndexOverride)
        try members.optional("LocalSecondaryIndexOverride", &localSecondaryIndexOverride)
        try members.optional("ProvisionedThroughputOverride", &provisionedThroughputOverride)
        try members.optional("OnDemandThroughputOverride", &onDemandThroughputOverride)
        try members.optional("SSESpecificationOverride", &sseSpecificationOverride)
    }
}

/// What RestoreTableFromBackup returns.
public struct RestoreTableFromBackupOutput: Sendable, Hashable, JSONObject {
    /// The new table, `CREATING`.
    public var tableDescription: TableDescription?

    /// Makes a response of its members.
    public init(tableDescription: TableDescription? = nil) {
        self.tableDescription = tableDescription
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("TableDescription", &tableDescription)
    }
}
