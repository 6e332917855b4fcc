// Made by scripts/generate-api of the API's model in botocore 1.44.8. Do not edit.
// swift-format-ignore-file

extension CreateBackupInput {
    /// Makes a request of its members.
    public init(
        tableName: String,
        backupName: String
    ) {
        self.tableName = tableName
        self.backupName = backupName
    }

    package static var unread: Self { Self(tableName: .init(), backupName: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("BackupName", &backupName)
        try members.required("TableName", &tableName)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("BackupName", backupName, .length(3, 255, .name))
        check.check("TableName", tableName, .tableReference)
    }
}

extension CreateBackupOutput {
    /// Makes a response of its members.
    public init(
        backupDetails: BackupDetails? = nil
    ) {
        self.backupDetails = backupDetails
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("BackupDetails", &backupDetails)
    }
}

extension DeleteBackupInput {
    /// Makes a request of its members.
    public init(
        backupArn: String
    ) {
        self.backupArn = backupArn
    }

    package static var unread: Self { Self(backupArn: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("BackupArn", &backupArn)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("BackupArn", backupArn, .length(37, 1_024))
    }
}

extension DeleteBackupOutput {
    /// Makes a response of its members.
    public init(
        backupDescription: BackupDescription? = nil
    ) {
        self.backupDescription = backupDescription
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("BackupDescription", &backupDescription)
    }
}

extension DescribeBackupInput {
    /// Makes a request of its members.
    public init(
        backupArn: String
    ) {
        self.backupArn = backupArn
    }

    package static var unread: Self { Self(backupArn: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("BackupArn", &backupArn)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("BackupArn", backupArn, .length(37, 1_024))
    }
}

extension DescribeBackupOutput {
    /// Makes a response of its members.
    public init(
        backupDescription: BackupDescription? = nil
    ) {
        self.backupDescription = backupDescription
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("BackupDescription", &backupDescription)
    }
}

extension DescribeContinuousBackupsInput {
    /// Makes a request of its members.
    public init(
        tableName: String
    ) {
        self.tableName = tableName
    }

    package static var unread: Self { Self(tableName: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableName", &tableName)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("TableName", tableName, .tableReference)
    }
}

extension DescribeContinuousBackupsOutput {
    /// Makes a response of its members.
    public init(
        continuousBackupsDescription: ContinuousBackupsDescription? = nil
    ) {
        self.continuousBackupsDescription = continuousBackupsDescription
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ContinuousBackupsDescription", &continuousBackupsDescription)
    }
}

extension ListBackupsInput {
    /// Makes a request of its members.
    public init(
        tableName: String? = nil,
        limit: Int? = nil,
        timeRangeLowerBound: Double? = nil,
        timeRangeUpperBound: Double? = nil,
        exclusiveStartBackupArn: String? = nil,
        backupType: BackupTypeFilter? = nil
    ) {
        self.tableName = tableName
        self.limit = limit
        self.timeRangeLowerBound = timeRangeLowerBound
        self.timeRangeUpperBound = timeRangeUpperBound
        self.exclusiveStartBackupArn = exclusiveStartBackupArn
        self.backupType = backupType
    }

    package static var unread: Self { Self() }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Limit", &limit)
        try members.optional("ExclusiveStartBackupArn", &exclusiveStartBackupArn)
        try members.optional("TimeRangeLowerBound", &timeRangeLowerBound)
        try members.optional("TimeRangeUpperBound", &timeRangeUpperBound)
        try members.optional("TableName", &tableName)
        try members.optional("BackupType", &backupType)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("Limit", limit, .value(1, 100))
        check.check("ExclusiveStartBackupArn", exclusiveStartBackupArn, .length(37, 1_024))
        check.check("TableName", tableName, .tableReference)
    }
}

extension ListBackupsOutput {
    /// Makes a response of its members.
    public init(
        backupSummaries: [BackupSummary]? = nil,
        lastEvaluatedBackupArn: String? = nil
    ) {
        self.backupSummaries = backupSummaries
        self.lastEvaluatedBackupArn = lastEvaluatedBackupArn
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("BackupSummaries", &backupSummaries)
        try members.optional("LastEvaluatedBackupArn", &lastEvaluatedBackupArn)
    }
}

extension RestoreTableFromBackupInput {
    /// Makes a request of its members.
    public init(
        targetTableName: String,
        backupArn: String,
        billingModeOverride: BillingMode? = nil,
        globalSecondaryIndexOverride: [GlobalSecondaryIndex]? = nil,
        localSecondaryIndexOverride: [LocalSecondaryIndex]? = nil,
        vectorIndexOverride: [VectorIndex]? = nil,
        provisionedThroughputOverride: ProvisionedThroughput? = nil,
        onDemandThroughputOverride: OnDemandThroughput? = nil,
        sseSpecificationOverride: SSESpecification? = nil
    ) {
        self.targetTableName = targetTableName
        self.backupArn = backupArn
        self.billingModeOverride = billingModeOverride
        self.globalSecondaryIndexOverride = globalSecondaryIndexOverride
        self.localSecondaryIndexOverride = localSecondaryIndexOverride
        self.vectorIndexOverride = vectorIndexOverride
        self.provisionedThroughputOverride = provisionedThroughputOverride
        self.onDemandThroughputOverride = onDemandThroughputOverride
        self.sseSpecificationOverride = sseSpecificationOverride
    }

    package static var unread: Self { Self(targetTableName: .init(), backupArn: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("OnDemandThroughputOverride", &onDemandThroughputOverride)
        try members.required("BackupArn", &backupArn)
        try members.optional("BillingModeOverride", &billingModeOverride)
        try members.optional("ProvisionedThroughputOverride", &provisionedThroughputOverride)
        try members.optional("VectorIndexOverride", &vectorIndexOverride)
        try members.optional("SSESpecificationOverride", &sseSpecificationOverride)
        try members.required("TargetTableName", &targetTableName)
        try members.optional("LocalSecondaryIndexOverride", &localSecondaryIndexOverride)
        try members.optional("GlobalSecondaryIndexOverride", &globalSecondaryIndexOverride)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("BackupArn", backupArn, .length(37, 1_024))
        check.look(into: provisionedThroughputOverride, at: "ProvisionedThroughputOverride")
        check.look(into: vectorIndexOverride, at: "VectorIndexOverride")
        check.check("TargetTableName", targetTableName, .length(3, 255, .name))
        check.look(into: localSecondaryIndexOverride, at: "LocalSecondaryIndexOverride")
        check.look(into: globalSecondaryIndexOverride, at: "GlobalSecondaryIndexOverride")
    }
}

extension RestoreTableFromBackupOutput {
    /// Makes a response of its members.
    public init(
        tableDescription: TableDescription? = nil
    ) {
        self.tableDescription = tableDescription
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("TableDescription", &tableDescription)
    }
}

extension RestoreTableToPointInTimeInput {
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
        vectorIndexOverride: [VectorIndex]? = nil,
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
        self.vectorIndexOverride = vectorIndexOverride
        self.provisionedThroughputOverride = provisionedThroughputOverride
        self.onDemandThroughputOverride = onDemandThroughputOverride
        self.sseSpecificationOverride = sseSpecificationOverride
    }

    package static var unread: Self { Self(targetTableName: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("OnDemandThroughputOverride", &onDemandThroughputOverride)
        try members.optional("SSESpecificationOverride", &sseSpecificationOverride)
        try members.optional("RestoreDateTime", &restoreDateTime)
        try members.optional("SourceTableArn", &sourceTableArn)
        try members.optional("SourceTableName", &sourceTableName)
        try members.optional("BillingModeOverride", &billingModeOverride)
        try members.optional("ProvisionedThroughputOverride", &provisionedThroughputOverride)
        try members.optional("VectorIndexOverride", &vectorIndexOverride)
        try members.required("TargetTableName", &targetTableName)
        try members.optional("UseLatestRestorableTime", &useLatestRestorableTime)
        try members.optional("LocalSecondaryIndexOverride", &localSecondaryIndexOverride)
        try members.optional("GlobalSecondaryIndexOverride", &globalSecondaryIndexOverride)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("SourceTableArn", sourceTableArn, .tableReference)
        check.check("SourceTableName", sourceTableName, .length(3, 255, .name))
        check.look(into: provisionedThroughputOverride, at: "ProvisionedThroughputOverride")
        check.look(into: vectorIndexOverride, at: "VectorIndexOverride")
        check.check("TargetTableName", targetTableName, .length(3, 255, .name))
        check.look(into: localSecondaryIndexOverride, at: "LocalSecondaryIndexOverride")
        check.look(into: globalSecondaryIndexOverride, at: "GlobalSecondaryIndexOverride")
    }
}

extension RestoreTableToPointInTimeOutput {
    /// Makes a response of its members.
    public init(
        tableDescription: TableDescription? = nil
    ) {
        self.tableDescription = tableDescription
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("TableDescription", &tableDescription)
    }
}

extension UpdateContinuousBackupsInput {
    /// Makes a request of its members.
    public init(
        tableName: String,
        pointInTimeRecoverySpecification: PointInTimeRecoverySpecification
    ) {
        self.tableName = tableName
        self.pointInTimeRecoverySpecification = pointInTimeRecoverySpecification
    }

    package static var unread: Self { Self(tableName: .init(), pointInTimeRecoverySpecification: .unread) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("PointInTimeRecoverySpecification", &pointInTimeRecoverySpecification)
        try members.required("TableName", &tableName)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.look(into: pointInTimeRecoverySpecification, at: "PointInTimeRecoverySpecification")
        check.check("TableName", tableName, .tableReference)
    }
}

extension UpdateContinuousBackupsOutput {
    /// Makes a response of its members.
    public init(
        continuousBackupsDescription: ContinuousBackupsDescription? = nil
    ) {
        self.continuousBackupsDescription = continuousBackupsDescription
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ContinuousBackupsDescription", &continuousBackupsDescription)
    }
}
