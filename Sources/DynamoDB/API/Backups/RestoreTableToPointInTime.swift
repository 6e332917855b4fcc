/// Makes a table of what another was at some moment.
///
/// Source: AWS, "RestoreTableToPointInTime" in the Amazon DynamoDB API reference.
public struct RestoreTableToPointInTimeInput: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(targetTableName: "")
        try json.members(requiring: "TargetTableName") { json, key throws(DynamoDBError) in
            switch key {
            case "SourceTableName": sourceTableName = try json.value()
            case "SourceTableArn": sourceTableArn = try json.value()
            case "TargetTableName": targetTableName = try json.value()
            case "UseLatestRestorableTime": useLatestRestorableTime = try json.value()
            case "RestoreDateTime": restoreDateTime = try json.value()
            case "BillingModeOverride": billingModeOverride = try json.value()
            case "GlobalSecondaryIndexOverride": globalSecondaryIndexOverride = try json.value()
            case "LocalSecondaryIndexOverride": localSecondaryIndexOverride = try json.value()
            case "ProvisionedThroughputOverride": provisionedThroughputOverride = try json.value()
            case "OnDemandThroughputOverride": onDemandThroughputOverride = try json.value()
            case "SSESpecificationOverride": sseSpecificationOverride = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("SourceTableName", sourceTableName)
            json.member("SourceTableArn", sourceTableArn)
            json.member("TargetTableName", targetTableName)
            json.member("UseLatestRestorableTime", useLatestRestorableTime)
            json.member("RestoreDateTime", restoreDateTime)
            json.member("BillingModeOverride", billingModeOverride)
            json.member("GlobalSecondaryIndexOverride", globalSecondaryIndexOverride)
            json.member("LocalSecondaryIndexOverride", localSecondaryIndexOverride)
            json.member("ProvisionedThroughputOverride", provisionedThroughputOverride)
            json.member("OnDemandThroughputOverride", onDemandThroughputOverride)
            json.member("SSESpecificationOverride", sseSpecificationOverride)
        }
    }
}

/// What RestoreTableToPointInTime returns.
public struct RestoreTableToPointInTimeOutput: Sendable, Hashable, JSONCodable {
    /// The new table, `CREATING`.
    public var tableDescription: TableDescription?

    /// Makes a response of its members.
    public init(tableDescription: TableDescription? = nil) {
        self.tableDescription = tableDescription
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "TableDescription": tableDescription = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TableDescription", tableDescription)
        }
    }
}
