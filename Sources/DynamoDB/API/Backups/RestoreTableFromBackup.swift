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
    /// The vector indexes that the new table has, of those of the old; nil for all.
    public var vectorIndexOverride: [VectorIndex]?
    /// The new table's provisioned throughput.
    public var provisionedThroughputOverride: ProvisionedThroughput?
    /// The most units of the new table, if it is on demand.
    public var onDemandThroughputOverride: OnDemandThroughput?
    /// The new table's encryption.
    public var sseSpecificationOverride: SSESpecification?

    private init() { self = .unread }
}

/// What RestoreTableFromBackup returns.
public struct RestoreTableFromBackupOutput: Sendable, Hashable, JSONObject {
    /// The new table, `CREATING`.
    public var tableDescription: TableDescription?

    private init() { self = .unread }
}
