/// Makes a table of what another was at some moment.
///
/// Source: AWS, "RestoreTableToPointInTime" in the Amazon DynamoDB API reference.
public struct RestoreTableToPointInTimeInput: Sendable, Hashable, JSONObject {
    /// The other table's name; or give its ARN.
    public var sourceTableName: String?
    /// The other table's ARN.
    public var sourceTableArn: String?
    /// The new table's name.
    public var targetTableName: String
    /// Whether to restore the newest state.
    public var useLatestRestorableTime: Bool?
    /// The moment to restore, in seconds since 1970.
    public var restoreDateTime: Double?
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

/// What RestoreTableToPointInTime returns.
public struct RestoreTableToPointInTimeOutput: Sendable, Hashable, JSONObject {
    /// The new table, `CREATING`.
    public var tableDescription: TableDescription?

    private init() { self = .unread }
}
