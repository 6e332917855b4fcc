/// Makes a table of a backup.
///
/// Source: AWS, "RestoreTableFromBackup" in the Amazon DynamoDB API reference.
public struct RestoreTableFromBackupInput: Sendable, Hashable, JSONCodable {
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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(targetTableName: "", backupArn: "")
        try json.members(requiring: "TargetTableName", "BackupArn") { json, key throws(DynamoDBError) in
            switch key {
            case "TargetTableName": targetTableName = try json.value()
            case "BackupArn": backupArn = try json.value()
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
            json.member("TargetTableName", targetTableName)
            json.member("BackupArn", backupArn)
            json.member("BillingModeOverride", billingModeOverride)
            json.member("GlobalSecondaryIndexOverride", globalSecondaryIndexOverride)
            json.member("LocalSecondaryIndexOverride", localSecondaryIndexOverride)
            json.member("ProvisionedThroughputOverride", provisionedThroughputOverride)
            json.member("OnDemandThroughputOverride", onDemandThroughputOverride)
            json.member("SSESpecificationOverride", sseSpecificationOverride)
        }
    }
}

/// What RestoreTableFromBackup returns.
public struct RestoreTableFromBackupOutput: Sendable, Hashable, JSONCodable {
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
