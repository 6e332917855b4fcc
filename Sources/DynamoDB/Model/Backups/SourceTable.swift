/// The table that was backed up, as it was then.
public struct SourceTableDetails: Sendable, Hashable, JSONObject {
    /// The table's name.
    public var tableName: String
    /// The table's identifier.
    public var tableId: String
    /// The table's ARN.
    public var tableArn: String?
    /// Bytes of the table's items, by AWS's accounting.
    public var tableSizeBytes: Int?
    /// The key attributes.
    public var keySchema: [KeySchemaElement]
    /// When the table was created, in seconds since 1970.
    public var tableCreationDateTime: Double
    /// Units of provisioned throughput; 0 for an on-demand table.
    public var provisionedThroughput: ProvisionedThroughput
    /// The most units of an on-demand table.
    public var onDemandThroughput: OnDemandThroughput?
    /// The number of items.
    public var itemCount: Int?
    /// How the table was paid for.
    public var billingMode: BillingMode?

    private init() { self = .unread }
}

/// The features of the table that was backed up.
public struct SourceTableFeatureDetails: Sendable, Hashable, JSONObject {
    /// The local secondary indexes.
    public var localSecondaryIndexes: [LocalSecondaryIndex]?
    /// The global secondary indexes.
    public var globalSecondaryIndexes: [GlobalSecondaryIndex]?
    /// The vector indexes.
    public var vectorIndexes: [VectorIndex]?
    /// The stream; a restored table has none.
    public var streamDescription: StreamSpecification?
    /// The expiry; a restored table has none.
    public var timeToLiveDescription: TimeToLiveDescription?
    /// The encryption.
    public var sseDescription: SSEDescription?

    private init() { self = .unread }
}

/// A backup and the table that it is of.
public struct BackupDescription: Sendable, Hashable, JSONObject {
    /// The backup.
    public var backupDetails: BackupDetails?
    /// The table.
    public var sourceTableDetails: SourceTableDetails?
    /// The table's features.
    public var sourceTableFeatureDetails: SourceTableFeatureDetails?

    private init() { self = .unread }
}
