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

    package static var unread: Self {
        Self(
            tableName: "", tableId: "", keySchema: [], tableCreationDateTime: 0,
            provisionedThroughput: ProvisionedThroughput(readCapacityUnits: 0, writeCapacityUnits: 0))
    }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableName", &tableName)
        try members.required("TableId", &tableId)
        try members.optional("TableArn", &tableArn)
        try members.optional("TableSizeBytes", &tableSizeBytes)
        try members.required("KeySchema", &keySchema)
        try members.required("TableCreationDateTime", &tableCreationDateTime)
        try members.required("ProvisionedThroughput", &provisionedThroughput)
        try members.optional("OnDemandThroughput", &onDemandThroughput)
        try members.optional("ItemCount", &itemCount)
        try members.optional("BillingMode", &billingMode)
    }
}

/// The features of the table that was backed up.
public struct SourceTableFeatureDetails: Sendable, Hashable, JSONObject {
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

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("LocalSecondaryIndexes", &localSecondaryIndexes)
        try members.optional("GlobalSecondaryIndexes", &globalSecondaryIndexes)
        try members.optional("StreamDescription", &streamDescription)
        try members.optional("TimeToLiveDescription", &timeToLiveDescription)
        try members.optional("SSEDescription", &sseDescription)
    }
}

/// A backup and the table that it is of.
public struct BackupDescription: Sendable, Hashable, JSONObject {
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

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("BackupDetails", &backupDetails)
        try members.optional("SourceTableDetails", &sourceTableDetails)
        try members.optional("SourceTableFeatureDetails", &sourceTableFeatureDetails)
    }
}
