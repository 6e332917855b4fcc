// Made by scripts/generate-api of the API's model in botocore 1.44.8. Do not edit.
// swift-format-ignore-file

extension BackupDetails {
    /// Makes a value of its members.
    public init(
        backupArn: String,
        backupName: String,
        backupSizeBytes: Int? = nil,
        backupStatus: BackupStatus,
        backupType: BackupType,
        backupCreationDateTime: Double,
        backupExpiryDateTime: Double? = nil
    ) {
        self.backupArn = backupArn
        self.backupName = backupName
        self.backupSizeBytes = backupSizeBytes
        self.backupStatus = backupStatus
        self.backupType = backupType
        self.backupCreationDateTime = backupCreationDateTime
        self.backupExpiryDateTime = backupExpiryDateTime
    }

    package static var unread: Self { Self(backupArn: .init(), backupName: .init(), backupStatus: .init(rawValue: ""), backupType: .init(rawValue: ""), backupCreationDateTime: 0) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("BackupArn", &backupArn)
        try members.required("BackupName", &backupName)
        try members.optional("BackupSizeBytes", &backupSizeBytes)
        try members.required("BackupStatus", &backupStatus)
        try members.required("BackupType", &backupType)
        try members.required("BackupCreationDateTime", &backupCreationDateTime)
        try members.optional("BackupExpiryDateTime", &backupExpiryDateTime)
    }
}

extension BackupSummary {
    /// Makes a value of its members.
    public init(
        tableName: String? = nil,
        tableId: String? = nil,
        tableArn: String? = nil,
        backupArn: String? = nil,
        backupName: String? = nil,
        backupCreationDateTime: Double? = nil,
        backupExpiryDateTime: Double? = nil,
        backupStatus: BackupStatus? = nil,
        backupType: BackupType? = nil,
        backupSizeBytes: Int? = nil
    ) {
        self.tableName = tableName
        self.tableId = tableId
        self.tableArn = tableArn
        self.backupArn = backupArn
        self.backupName = backupName
        self.backupCreationDateTime = backupCreationDateTime
        self.backupExpiryDateTime = backupExpiryDateTime
        self.backupStatus = backupStatus
        self.backupType = backupType
        self.backupSizeBytes = backupSizeBytes
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("TableName", &tableName)
        try members.optional("TableId", &tableId)
        try members.optional("TableArn", &tableArn)
        try members.optional("BackupArn", &backupArn)
        try members.optional("BackupName", &backupName)
        try members.optional("BackupCreationDateTime", &backupCreationDateTime)
        try members.optional("BackupExpiryDateTime", &backupExpiryDateTime)
        try members.optional("BackupStatus", &backupStatus)
        try members.optional("BackupType", &backupType)
        try members.optional("BackupSizeBytes", &backupSizeBytes)
    }
}

extension ContinuousBackupsDescription {
    /// Makes a value of its members.
    public init(
        continuousBackupsStatus: ContinuousBackupsStatus,
        pointInTimeRecoveryDescription: PointInTimeRecoveryDescription? = nil
    ) {
        self.continuousBackupsStatus = continuousBackupsStatus
        self.pointInTimeRecoveryDescription = pointInTimeRecoveryDescription
    }

    package static var unread: Self { Self(continuousBackupsStatus: .init(rawValue: "")) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("ContinuousBackupsStatus", &continuousBackupsStatus)
        try members.optional("PointInTimeRecoveryDescription", &pointInTimeRecoveryDescription)
    }
}

extension PointInTimeRecoveryDescription {
    /// Makes a value of its members.
    public init(
        pointInTimeRecoveryStatus: ContinuousBackupsStatus? = nil,
        recoveryPeriodInDays: Int? = nil,
        earliestRestorableDateTime: Double? = nil,
        latestRestorableDateTime: Double? = nil
    ) {
        self.pointInTimeRecoveryStatus = pointInTimeRecoveryStatus
        self.recoveryPeriodInDays = recoveryPeriodInDays
        self.earliestRestorableDateTime = earliestRestorableDateTime
        self.latestRestorableDateTime = latestRestorableDateTime
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("PointInTimeRecoveryStatus", &pointInTimeRecoveryStatus)
        try members.optional("RecoveryPeriodInDays", &recoveryPeriodInDays)
        try members.optional("EarliestRestorableDateTime", &earliestRestorableDateTime)
        try members.optional("LatestRestorableDateTime", &latestRestorableDateTime)
    }
}

extension PointInTimeRecoverySpecification {
    /// Makes a value of its members.
    public init(
        pointInTimeRecoveryEnabled: Bool,
        recoveryPeriodInDays: Int? = nil
    ) {
        self.pointInTimeRecoveryEnabled = pointInTimeRecoveryEnabled
        self.recoveryPeriodInDays = recoveryPeriodInDays
    }

    package static var unread: Self { Self(pointInTimeRecoveryEnabled: false) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("RecoveryPeriodInDays", &recoveryPeriodInDays)
        try members.required("PointInTimeRecoveryEnabled", &pointInTimeRecoveryEnabled)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("RecoveryPeriodInDays", recoveryPeriodInDays, .value(1, 35))
    }
}

extension BackupDescription {
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

extension SourceTableDetails {
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

    package static var unread: Self { Self(tableName: .init(), tableId: .init(), keySchema: .init(), tableCreationDateTime: 0, provisionedThroughput: .unread) }

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

extension SourceTableFeatureDetails {
    /// Makes a value of its members.
    public init(
        localSecondaryIndexes: [LocalSecondaryIndex]? = nil,
        globalSecondaryIndexes: [GlobalSecondaryIndex]? = nil,
        vectorIndexes: [VectorIndex]? = nil,
        streamDescription: StreamSpecification? = nil,
        timeToLiveDescription: TimeToLiveDescription? = nil,
        sseDescription: SSEDescription? = nil
    ) {
        self.localSecondaryIndexes = localSecondaryIndexes
        self.globalSecondaryIndexes = globalSecondaryIndexes
        self.vectorIndexes = vectorIndexes
        self.streamDescription = streamDescription
        self.timeToLiveDescription = timeToLiveDescription
        self.sseDescription = sseDescription
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("LocalSecondaryIndexes", &localSecondaryIndexes)
        try members.optional("GlobalSecondaryIndexes", &globalSecondaryIndexes)
        try members.optional("VectorIndexes", &vectorIndexes)
        try members.optional("StreamDescription", &streamDescription)
        try members.optional("TimeToLiveDescription", &timeToLiveDescription)
        try members.optional("SSEDescription", &sseDescription)
    }
}
