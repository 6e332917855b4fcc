/// The table that was backed up, as it was then.
public struct SourceTableDetails: Sendable, Hashable, JSONCodable {
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

    /// Makes a value of its members.
    public init(
        tableName: String,
        tableId: String,
        tableArn: String? = nil,
        tableSizeBytes: Int? = nil,
        keySchema: [KeySchemaElement],
        tableCreationDateTime: Double,
        provisionedThroughput: ProvisionedThroughput,
        onDemandThroughput: OnDemandThroughput? = nil,
        itemCount: Int? = nil,
        billingMode: BillingMode? = nil
    ) {
        self.tableName = tableName
        self.tableId = tableId
        self.tableArn = tableArn
        self.tableSizeBytes = tableSizeBytes
        self.keySchema = keySchema
        self.tableCreationDateTime = tableCreationDateTime
        self.provisionedThroughput = provisionedThroughput
        self.onDemandThroughput = onDemandThroughput
        self.itemCount = itemCount
        self.billingMode = billingMode
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(
            tableName: "", tableId: "", keySchema: [], tableCreationDateTime: 0,
            provisionedThroughput: ProvisionedThroughput(readCapacityUnits: 0, writeCapacityUnits: 0))
        try json.members(
            requiring: "TableName", "TableId", "KeySchema", "TableCreationDateTime"
        ) { json, key throws(DynamoDBError) in
            switch key {
            case "TableName": tableName = try json.value()
            case "TableId": tableId = try json.value()
            case "TableArn": tableArn = try json.value()
            case "TableSizeBytes": tableSizeBytes = try json.value()
            case "KeySchema": keySchema = try json.value()
            case "TableCreationDateTime": tableCreationDateTime = try json.value()
            case "ProvisionedThroughput": provisionedThroughput = try json.value()
            case "OnDemandThroughput": onDemandThroughput = try json.value()
            case "ItemCount": itemCount = try json.value()
            case "BillingMode": billingMode = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TableName", tableName)
            json.member("TableId", tableId)
            json.member("TableArn", tableArn)
            json.member("TableSizeBytes", tableSizeBytes)
            json.member("KeySchema", keySchema)
            json.member("TableCreationDateTime", tableCreationDateTime)
            json.member("ProvisionedThroughput", provisionedThroughput)
            json.member("OnDemandThroughput", onDemandThroughput)
            json.member("ItemCount", itemCount)
            json.member("BillingMode", billingMode)
        }
    }
}

/// The features of the table that was backed up.
public struct SourceTableFeatureDetails: Sendable, Hashable, JSONCodable {
    /// The local secondary indexes.
    public var localSecondaryIndexes: [LocalSecondaryIndex]?
    /// The global secondary indexes.
    public var globalSecondaryIndexes: [GlobalSecondaryIndex]?
    /// The stream; a restored table has none.
    public var streamDescription: StreamSpecification?
    /// The expiry; a restored table has none.
    public var timeToLiveDescription: TimeToLiveDescription?
    /// The encryption.
    public var sseDescription: SSEDescription?

    /// Makes a value of its members.
    public init(
        localSecondaryIndexes: [LocalSecondaryIndex]? = nil,
        globalSecondaryIndexes: [GlobalSecondaryIndex]? = nil,
        streamDescription: StreamSpecification? = nil,
        timeToLiveDescription: TimeToLiveDescription? = nil,
        sseDescription: SSEDescription? = nil
    ) {
        self.localSecondaryIndexes = localSecondaryIndexes
        self.globalSecondaryIndexes = globalSecondaryIndexes
        self.streamDescription = streamDescription
        self.timeToLiveDescription = timeToLiveDescription
        self.sseDescription = sseDescription
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "LocalSecondaryIndexes": localSecondaryIndexes = try json.value()
            case "GlobalSecondaryIndexes": globalSecondaryIndexes = try json.value()
            case "StreamDescription": streamDescription = try json.value()
            case "TimeToLiveDescription": timeToLiveDescription = try json.value()
            case "SSEDescription": sseDescription = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("LocalSecondaryIndexes", localSecondaryIndexes)
            json.member("GlobalSecondaryIndexes", globalSecondaryIndexes)
            json.member("StreamDescription", streamDescription)
            json.member("TimeToLiveDescription", timeToLiveDescription)
            json.member("SSEDescription", sseDescription)
        }
    }
}

/// A backup and the table that it is of.
public struct BackupDescription: Sendable, Hashable, JSONCodable {
    /// The backup.
    public var backupDetails: BackupDetails?
    /// The table.
    public var sourceTableDetails: SourceTableDetails?
    /// The table's features.
    public var sourceTableFeatureDetails: SourceTableFeatureDetails?

    /// Makes a value of its members.
    public init(
        backupDetails: BackupDetails? = nil,
        sourceTableDetails: SourceTableDetails? = nil,
        sourceTableFeatureDetails: SourceTableFeatureDetails? = nil
    ) {
        self.backupDetails = backupDetails
        self.sourceTableDetails = sourceTableDetails
        self.sourceTableFeatureDetails = sourceTableFeatureDetails
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "BackupDetails": backupDetails = try json.value()
            case "SourceTableDetails": sourceTableDetails = try json.value()
            case "SourceTableFeatureDetails": sourceTableFeatureDetails = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("BackupDetails", backupDetails)
            json.member("SourceTableDetails", sourceTableDetails)
            json.member("SourceTableFeatureDetails", sourceTableFeatureDetails)
        }
    }
}
