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
    /// The new table's provisioned throughput.
    public var provisionedThroughputOverride: ProvisionedThroughput?
    /// The most units of the new table, if it is on demand.
    public var onDemandThroughputOverride: OnDemandThroughput?
    /// The new table's encryption.
    public var sseSpecificationOverride: SSESpecification?

    /// Makes a request of its members.
    public init(
        sourceTableName: String? = nil,
        sourceTableArn: String? = nil,
        targetTableName: String,
        useLatestRestorableTime: Bool? = nil,
        restoreDateTime: Double? = nil,
        billingModeOverride: BillingMode? = nil,
        globalSecondaryIndexOverride: [GlobalSecondaryIndex]? = nil,
        localSecondaryIndexOverride: [LocalSecondaryIndex]? = nil,
        provisionedThroughputOverride: ProvisionedThroughput? = nil,
        onDemandThroughputOverride: OnDemandThroughput? = nil,
        sseSpecificationOverride: SSESpecification? = nil
    ) {
        self.sourceTableName = sourceTableName
        self.sourceTableArn = sourceTableArn
        self.targetTableName = targetTableName
        self.useLatestRestorableTime = useLatestRestorableTime
        self.restoreDateTime = restoreDateTime
        self.billingModeOverride = billingModeOverride
        self.globalSecondaryIndexOverride = globalSecondaryIndexOverride
        self.localSecondaryIndexOverride = localSecondaryIndexOverride
        self.provisionedThroughputOverride = provisionedThroughputOverride
        self.onDemandThroughputOverride = onDemandThroughputOverride
        self.sseSpecificationOverride = sseSpecificationOverride
    }

    package static var unread: Self { Self(targetTableName: "") }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("SourceTableName", &sourceTableName)
        try members.optional("SourceTableArn", &sourceTableArn)
        try members.required("TargetTableName", &targetTableName)
        try members.optional("UseLatestRestorableTime", &useLatestRestorableTime)
        try members.optional("RestoreDateTime", &restoreDateTime)
        try members.optional("BillingModeOverride", &billingModeOverride)
        try members.optional("GlobalSecondaryIndexOverride", &globalSecondaryIndexOverride)
        try members.optional("LocalSecondaryIndexOverride", &localSecondaryIndexOverride)
        try members.optional("ProvisionedThroughputOverride", &provisionedThroughputOverride)
        try members.optional("OnDemandThroughputOverride", &onDemandThroughputOverride)
        try members.optional("SSESpecificationOverride", &sseSpecificationOverride)
    }
}

/// What RestoreTableToPointInTime returns.
public struct RestoreTableToPointInTimeOutput: Sendable, Hashable, JSONObject {
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
