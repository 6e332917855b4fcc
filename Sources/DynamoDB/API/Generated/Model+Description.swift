// Made by scripts/generate-api of the API's model in botocore 1.44.8. Do not edit.
// swift-format-ignore-file

extension GlobalTableSettingsReplicationMode {
    package static var namesInErrors: String { "ENABLED, DISABLED, ENABLED_WITH_OVERRIDES" }
}

extension GlobalTableWitnessDescription {
    /// Makes a value of its members.
    public init(
        regionName: String? = nil,
        witnessStatus: WitnessStatus? = nil
    ) {
        self.regionName = regionName
        self.witnessStatus = witnessStatus
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("RegionName", &regionName)
        try members.optional("WitnessStatus", &witnessStatus)
    }
}

extension MultiRegionConsistency {
    package static var namesInErrors: String { "EVENTUAL, STRONG" }
}

extension GlobalSecondaryIndexDescription {
    /// Makes a value of its members.
    public init(
        indexName: String,
        keySchema: [KeySchemaElement]? = nil,
        projection: Projection? = nil,
        indexStatus: IndexStatus? = nil,
        backfilling: Bool? = nil,
        provisionedThroughput: ProvisionedThroughputDescription? = nil,
        indexSizeBytes: Int? = nil,
        itemCount: Int? = nil,
        indexArn: String? = nil,
        onDemandThroughput: OnDemandThroughput? = nil,
        warmThroughput: GlobalSecondaryIndexWarmThroughputDescription? = nil
    ) {
        self.indexName = indexName
        self.keySchema = keySchema
        self.projection = projection
        self.indexStatus = indexStatus
        self.backfilling = backfilling
        self.provisionedThroughput = provisionedThroughput
        self.indexSizeBytes = indexSizeBytes
        self.itemCount = itemCount
        self.indexArn = indexArn
        self.onDemandThroughput = onDemandThroughput
        self.warmThroughput = warmThroughput
    }

    package static var unread: Self { Self(indexName: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("IndexName", &indexName)
        try members.optional("KeySchema", &keySchema)
        try members.optional("Projection", &projection)
        try members.optional("IndexStatus", &indexStatus)
        try members.optional("Backfilling", &backfilling)
        try members.optional("ProvisionedThroughput", &provisionedThroughput)
        try members.optional("IndexSizeBytes", &indexSizeBytes)
        try members.optional("ItemCount", &itemCount)
        try members.optional("IndexArn", &indexArn)
        try members.optional("OnDemandThroughput", &onDemandThroughput)
        try members.optional("WarmThroughput", &warmThroughput)
    }
}

extension LocalSecondaryIndexDescription {
    /// Makes a value of its members.
    public init(
        indexName: String,
        keySchema: [KeySchemaElement]? = nil,
        projection: Projection? = nil,
        indexSizeBytes: Int? = nil,
        itemCount: Int? = nil,
        indexArn: String? = nil
    ) {
        self.indexName = indexName
        self.keySchema = keySchema
        self.projection = projection
        self.indexSizeBytes = indexSizeBytes
        self.itemCount = itemCount
        self.indexArn = indexArn
    }

    package static var unread: Self { Self(indexName: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("IndexName", &indexName)
        try members.optional("KeySchema", &keySchema)
        try members.optional("Projection", &projection)
        try members.optional("IndexSizeBytes", &indexSizeBytes)
        try members.optional("ItemCount", &itemCount)
        try members.optional("IndexArn", &indexArn)
    }
}

extension ArchivalSummary {
    /// Makes a value of its members.
    public init(
        archivalDateTime: Double? = nil,
        archivalReason: String? = nil,
        archivalBackupArn: String? = nil
    ) {
        self.archivalDateTime = archivalDateTime
        self.archivalReason = archivalReason
        self.archivalBackupArn = archivalBackupArn
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ArchivalDateTime", &archivalDateTime)
        try members.optional("ArchivalReason", &archivalReason)
        try members.optional("ArchivalBackupArn", &archivalBackupArn)
    }
}

extension RestoreSummary {
    /// Makes a value of its members.
    public init(
        restoreDateTime: Double,
        restoreInProgress: Bool,
        sourceBackupArn: String? = nil,
        sourceTableArn: String? = nil
    ) {
        self.restoreDateTime = restoreDateTime
        self.restoreInProgress = restoreInProgress
        self.sourceBackupArn = sourceBackupArn
        self.sourceTableArn = sourceTableArn
    }

    package static var unread: Self { Self(restoreDateTime: 0, restoreInProgress: false) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("RestoreDateTime", &restoreDateTime)
        try members.required("RestoreInProgress", &restoreInProgress)
        try members.optional("SourceBackupArn", &sourceBackupArn)
        try members.optional("SourceTableArn", &sourceTableArn)
    }
}

extension CreateGlobalTableWitnessGroupMemberAction {
    /// Makes a value of its members.
    public init(
        regionName: String
    ) {
        self.regionName = regionName
    }

    package static var unread: Self { Self(regionName: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("RegionName", &regionName)
    }
}

extension CreateReplicationGroupMemberAction {
    /// Makes a value of its members.
    public init(
        regionName: String,
        kmsMasterKeyId: String? = nil,
        provisionedThroughputOverride: ProvisionedThroughputOverride? = nil,
        onDemandThroughputOverride: OnDemandThroughputOverride? = nil,
        globalSecondaryIndexes: [ReplicaGlobalSecondaryIndex]? = nil,
        tableClassOverride: TableClass? = nil
    ) {
        self.regionName = regionName
        self.kmsMasterKeyId = kmsMasterKeyId
        self.provisionedThroughputOverride = provisionedThroughputOverride
        self.onDemandThroughputOverride = onDemandThroughputOverride
        self.globalSecondaryIndexes = globalSecondaryIndexes
        self.tableClassOverride = tableClassOverride
    }

    package static var unread: Self { Self(regionName: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("KMSMasterKeyId", &kmsMasterKeyId)
        try members.optional("OnDemandThroughputOverride", &onDemandThroughputOverride)
        try members.optional("GlobalSecondaryIndexes", &globalSecondaryIndexes)
        try members.optional("ProvisionedThroughputOverride", &provisionedThroughputOverride)
        try members.required("RegionName", &regionName)
        try members.optional("TableClassOverride", &tableClassOverride)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("GlobalSecondaryIndexes", globalSecondaryIndexes, .count(1, nil))
        check.look(into: globalSecondaryIndexes, at: "GlobalSecondaryIndexes")
        check.look(into: provisionedThroughputOverride, at: "ProvisionedThroughputOverride")
    }
}

extension DeleteGlobalTableWitnessGroupMemberAction {
    /// Makes a value of its members.
    public init(
        regionName: String
    ) {
        self.regionName = regionName
    }

    package static var unread: Self { Self(regionName: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("RegionName", &regionName)
    }
}

extension DeleteReplicationGroupMemberAction {
    /// Makes a value of its members.
    public init(
        regionName: String
    ) {
        self.regionName = regionName
    }

    package static var unread: Self { Self(regionName: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("RegionName", &regionName)
    }
}

extension DisassociateReplicationGroupMemberAction {
    /// Makes a value of its members.
    public init(
        regionName: String,
        disassociationMode: DisassociationMode
    ) {
        self.regionName = regionName
        self.disassociationMode = disassociationMode
    }

    package static var unread: Self { Self(regionName: .init(), disassociationMode: .waitForReplication) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("RegionName", &regionName)
        try members.required("DisassociationMode", &disassociationMode)
    }
}

extension DisassociationMode {
    package static var namesInErrors: String { "WAIT_FOR_REPLICATION" }
}

extension GlobalTableWitnessGroupUpdate {
    /// Makes a value of its members.
    public init(
        create: CreateGlobalTableWitnessGroupMemberAction? = nil,
        delete: DeleteGlobalTableWitnessGroupMemberAction? = nil
    ) {
        self.create = create
        self.delete = delete
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Create", &create)
        try members.optional("Delete", &delete)
    }
}

extension ReplicaGlobalSecondaryIndex {
    /// Makes a value of its members.
    public init(
        indexName: String,
        provisionedThroughputOverride: ProvisionedThroughputOverride? = nil,
        onDemandThroughputOverride: OnDemandThroughputOverride? = nil
    ) {
        self.indexName = indexName
        self.provisionedThroughputOverride = provisionedThroughputOverride
        self.onDemandThroughputOverride = onDemandThroughputOverride
    }

    package static var unread: Self { Self(indexName: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("OnDemandThroughputOverride", &onDemandThroughputOverride)
        try members.optional("ProvisionedThroughputOverride", &provisionedThroughputOverride)
        try members.required("IndexName", &indexName)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.look(into: provisionedThroughputOverride, at: "ProvisionedThroughputOverride")
        check.check("IndexName", indexName, .length(3, 255, .name))
    }
}

extension ReplicationGroupUpdate {
    /// Makes a value of its members.
    public init(
        create: CreateReplicationGroupMemberAction? = nil,
        update: UpdateReplicationGroupMemberAction? = nil,
        delete: DeleteReplicationGroupMemberAction? = nil,
        disassociate: DisassociateReplicationGroupMemberAction? = nil
    ) {
        self.create = create
        self.update = update
        self.delete = delete
        self.disassociate = disassociate
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Create", &create)
        try members.optional("Update", &update)
        try members.optional("Delete", &delete)
        try members.optional("Disassociate", &disassociate)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.look(into: create, at: "Create")
        check.look(into: update, at: "Update")
    }
}

extension UpdateReplicationGroupMemberAction {
    /// Makes a value of its members.
    public init(
        regionName: String,
        kmsMasterKeyId: String? = nil,
        provisionedThroughputOverride: ProvisionedThroughputOverride? = nil,
        onDemandThroughputOverride: OnDemandThroughputOverride? = nil,
        globalSecondaryIndexes: [ReplicaGlobalSecondaryIndex]? = nil,
        tableClassOverride: TableClass? = nil
    ) {
        self.regionName = regionName
        self.kmsMasterKeyId = kmsMasterKeyId
        self.provisionedThroughputOverride = provisionedThroughputOverride
        self.onDemandThroughputOverride = onDemandThroughputOverride
        self.globalSecondaryIndexes = globalSecondaryIndexes
        self.tableClassOverride = tableClassOverride
    }

    package static var unread: Self { Self(regionName: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("KMSMasterKeyId", &kmsMasterKeyId)
        try members.optional("OnDemandThroughputOverride", &onDemandThroughputOverride)
        try members.optional("GlobalSecondaryIndexes", &globalSecondaryIndexes)
        try members.optional("ProvisionedThroughputOverride", &provisionedThroughputOverride)
        try members.required("RegionName", &regionName)
        try members.optional("TableClassOverride", &tableClassOverride)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("GlobalSecondaryIndexes", globalSecondaryIndexes, .count(1, nil))
        check.look(into: globalSecondaryIndexes, at: "GlobalSecondaryIndexes")
        check.look(into: provisionedThroughputOverride, at: "ProvisionedThroughputOverride")
    }
}

extension OnDemandThroughputOverride {
    /// Makes a value of its members.
    public init(
        maxReadRequestUnits: Int? = nil
    ) {
        self.maxReadRequestUnits = maxReadRequestUnits
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("MaxReadRequestUnits", &maxReadRequestUnits)
    }
}

extension ProvisionedThroughputOverride {
    /// Makes a value of its members.
    public init(
        readCapacityUnits: Int? = nil
    ) {
        self.readCapacityUnits = readCapacityUnits
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ReadCapacityUnits", &readCapacityUnits)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("ReadCapacityUnits", readCapacityUnits, .value(1, nil))
    }
}

extension ReplicaDescription {
    /// Makes a value of its members.
    public init(
        regionName: String? = nil,
        replicaStatus: ReplicaStatus? = nil,
        replicaArn: String? = nil,
        replicaStatusDescription: String? = nil,
        replicaStatusPercentProgress: String? = nil,
        kmsMasterKeyId: String? = nil,
        provisionedThroughputOverride: ProvisionedThroughputOverride? = nil,
        onDemandThroughputOverride: OnDemandThroughputOverride? = nil,
        warmThroughput: TableWarmThroughputDescription? = nil,
        globalSecondaryIndexes: [ReplicaGlobalSecondaryIndexDescription]? = nil,
        replicaInaccessibleDateTime: Double? = nil,
        replicaTableClassSummary: TableClassSummary? = nil,
        globalTableSettingsReplicationMode: GlobalTableSettingsReplicationMode? = nil
    ) {
        self.regionName = regionName
        self.replicaStatus = replicaStatus
        self.replicaArn = replicaArn
        self.replicaStatusDescription = replicaStatusDescription
        self.replicaStatusPercentProgress = replicaStatusPercentProgress
        self.kmsMasterKeyId = kmsMasterKeyId
        self.provisionedThroughputOverride = provisionedThroughputOverride
        self.onDemandThroughputOverride = onDemandThroughputOverride
        self.warmThroughput = warmThroughput
        self.globalSecondaryIndexes = globalSecondaryIndexes
        self.replicaInaccessibleDateTime = replicaInaccessibleDateTime
        self.replicaTableClassSummary = replicaTableClassSummary
        self.globalTableSettingsReplicationMode = globalTableSettingsReplicationMode
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("RegionName", &regionName)
        try members.optional("ReplicaStatus", &replicaStatus)
        try members.optional("ReplicaArn", &replicaArn)
        try members.optional("ReplicaStatusDescription", &replicaStatusDescription)
        try members.optional("ReplicaStatusPercentProgress", &replicaStatusPercentProgress)
        try members.optional("KMSMasterKeyId", &kmsMasterKeyId)
        try members.optional("ProvisionedThroughputOverride", &provisionedThroughputOverride)
        try members.optional("OnDemandThroughputOverride", &onDemandThroughputOverride)
        try members.optional("WarmThroughput", &warmThroughput)
        try members.optional("GlobalSecondaryIndexes", &globalSecondaryIndexes)
        try members.optional("ReplicaInaccessibleDateTime", &replicaInaccessibleDateTime)
        try members.optional("ReplicaTableClassSummary", &replicaTableClassSummary)
        try members.optional("GlobalTableSettingsReplicationMode", &globalTableSettingsReplicationMode)
    }
}

extension ReplicaGlobalSecondaryIndexDescription {
    /// Makes a value of its members.
    public init(
        indexName: String? = nil,
        provisionedThroughputOverride: ProvisionedThroughputOverride? = nil,
        onDemandThroughputOverride: OnDemandThroughputOverride? = nil,
        warmThroughput: GlobalSecondaryIndexWarmThroughputDescription? = nil
    ) {
        self.indexName = indexName
        self.provisionedThroughputOverride = provisionedThroughputOverride
        self.onDemandThroughputOverride = onDemandThroughputOverride
        self.warmThroughput = warmThroughput
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("IndexName", &indexName)
        try members.optional("ProvisionedThroughputOverride", &provisionedThroughputOverride)
        try members.optional("OnDemandThroughputOverride", &onDemandThroughputOverride)
        try members.optional("WarmThroughput", &warmThroughput)
    }
}

extension TableDescription {
    /// Makes a value of its members.
    public init(
        tableName: String,
        tableStatus: TableStatus,
        attributeDefinitions: [AttributeDefinition]? = nil,
        keySchema: [KeySchemaElement]? = nil,
        creationDateTime: Double? = nil,
        provisionedThroughput: ProvisionedThroughputDescription? = nil,
        tableSizeBytes: Int? = nil,
        itemCount: Int? = nil,
        tableArn: String? = nil,
        tableId: String? = nil,
        billingModeSummary: BillingModeSummary? = nil,
        localSecondaryIndexes: [LocalSecondaryIndexDescription]? = nil,
        globalSecondaryIndexes: [GlobalSecondaryIndexDescription]? = nil,
        vectorIndexes: [VectorIndexDescription]? = nil,
        streamSpecification: StreamSpecification? = nil,
        latestStreamLabel: String? = nil,
        latestStreamArn: String? = nil,
        globalTableVersion: String? = nil,
        replicas: [ReplicaDescription]? = nil,
        globalTableWitnesses: [GlobalTableWitnessDescription]? = nil,
        globalTableSettingsReplicationMode: GlobalTableSettingsReplicationMode? = nil,
        restoreSummary: RestoreSummary? = nil,
        sseDescription: SSEDescription? = nil,
        archivalSummary: ArchivalSummary? = nil,
        tableClassSummary: TableClassSummary? = nil,
        deletionProtectionEnabled: Bool? = nil,
        disassociationProtectionEnabled: Bool? = nil,
        onDemandThroughput: OnDemandThroughput? = nil,
        warmThroughput: TableWarmThroughputDescription? = nil,
        multiRegionConsistency: MultiRegionConsistency? = nil
    ) {
        self.tableName = tableName
        self.tableStatus = tableStatus
        self.attributeDefinitions = attributeDefinitions
        self.keySchema = keySchema
        self.creationDateTime = creationDateTime
        self.provisionedThroughput = provisionedThroughput
        self.tableSizeBytes = tableSizeBytes
        self.itemCount = itemCount
        self.tableArn = tableArn
        self.tableId = tableId
        self.billingModeSummary = billingModeSummary
        self.localSecondaryIndexes = localSecondaryIndexes
        self.globalSecondaryIndexes = globalSecondaryIndexes
        self.vectorIndexes = vectorIndexes
        self.streamSpecification = streamSpecification
        self.latestStreamLabel = latestStreamLabel
        self.latestStreamArn = latestStreamArn
        self.globalTableVersion = globalTableVersion
        self.replicas = replicas
        self.globalTableWitnesses = globalTableWitnesses
        self.globalTableSettingsReplicationMode = globalTableSettingsReplicationMode
        self.restoreSummary = restoreSummary
        self.sseDescription = sseDescription
        self.archivalSummary = archivalSummary
        self.tableClassSummary = tableClassSummary
        self.deletionProtectionEnabled = deletionProtectionEnabled
        self.disassociationProtectionEnabled = disassociationProtectionEnabled
        self.onDemandThroughput = onDemandThroughput
        self.warmThroughput = warmThroughput
        self.multiRegionConsistency = multiRegionConsistency
    }

    package static var unread: Self { Self(tableName: .init(), tableStatus: .init(rawValue: "")) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableName", &tableName)
        try members.required("TableStatus", &tableStatus)
        try members.optional("AttributeDefinitions", &attributeDefinitions)
        try members.optional("KeySchema", &keySchema)
        try members.optional("CreationDateTime", &creationDateTime)
        try members.optional("ProvisionedThroughput", &provisionedThroughput)
        try members.optional("TableSizeBytes", &tableSizeBytes)
        try members.optional("ItemCount", &itemCount)
        try members.optional("TableArn", &tableArn)
        try members.optional("TableId", &tableId)
        try members.optional("BillingModeSummary", &billingModeSummary)
        try members.optional("LocalSecondaryIndexes", &localSecondaryIndexes)
        try members.optional("GlobalSecondaryIndexes", &globalSecondaryIndexes)
        try members.optional("VectorIndexes", &vectorIndexes)
        try members.optional("StreamSpecification", &streamSpecification)
        try members.optional("LatestStreamLabel", &latestStreamLabel)
        try members.optional("LatestStreamArn", &latestStreamArn)
        try members.optional("GlobalTableVersion", &globalTableVersion)
        try members.optional("Replicas", &replicas)
        try members.optional("GlobalTableWitnesses", &globalTableWitnesses)
        try members.optional("GlobalTableSettingsReplicationMode", &globalTableSettingsReplicationMode)
        try members.optional("RestoreSummary", &restoreSummary)
        try members.optional("SSEDescription", &sseDescription)
        try members.optional("ArchivalSummary", &archivalSummary)
        try members.optional("TableClassSummary", &tableClassSummary)
        try members.optional("DeletionProtectionEnabled", &deletionProtectionEnabled)
        try members.optional("DisassociationProtectionEnabled", &disassociationProtectionEnabled)
        try members.optional("OnDemandThroughput", &onDemandThroughput)
        try members.optional("WarmThroughput", &warmThroughput)
        try members.optional("MultiRegionConsistency", &multiRegionConsistency)
    }
}

extension BillingModeSummary {
    /// Makes a value of its members.
    public init(
        billingMode: BillingMode? = nil,
        lastUpdateToPayPerRequestDateTime: Double? = nil
    ) {
        self.billingMode = billingMode
        self.lastUpdateToPayPerRequestDateTime = lastUpdateToPayPerRequestDateTime
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("BillingMode", &billingMode)
        try members.optional("LastUpdateToPayPerRequestDateTime", &lastUpdateToPayPerRequestDateTime)
    }
}

extension GlobalSecondaryIndexWarmThroughputDescription {
    /// Makes a value of its members.
    public init(
        readUnitsPerSecond: Int? = nil,
        writeUnitsPerSecond: Int? = nil,
        status: IndexStatus? = nil
    ) {
        self.readUnitsPerSecond = readUnitsPerSecond
        self.writeUnitsPerSecond = writeUnitsPerSecond
        self.status = status
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ReadUnitsPerSecond", &readUnitsPerSecond)
        try members.optional("WriteUnitsPerSecond", &writeUnitsPerSecond)
        try members.optional("Status", &status)
    }
}

extension ProvisionedThroughputDescription {
    /// Makes a value of its members.
    public init(
        lastIncreaseDateTime: Double? = nil,
        lastDecreaseDateTime: Double? = nil,
        numberOfDecreasesToday: Int? = nil,
        readCapacityUnits: Int? = nil,
        writeCapacityUnits: Int? = nil
    ) {
        self.lastIncreaseDateTime = lastIncreaseDateTime
        self.lastDecreaseDateTime = lastDecreaseDateTime
        self.numberOfDecreasesToday = numberOfDecreasesToday
        self.readCapacityUnits = readCapacityUnits
        self.writeCapacityUnits = writeCapacityUnits
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("LastIncreaseDateTime", &lastIncreaseDateTime)
        try members.optional("LastDecreaseDateTime", &lastDecreaseDateTime)
        try members.optional("NumberOfDecreasesToday", &numberOfDecreasesToday)
        try members.optional("ReadCapacityUnits", &readCapacityUnits)
        try members.optional("WriteCapacityUnits", &writeCapacityUnits)
    }
}

extension TableWarmThroughputDescription {
    /// Makes a value of its members.
    public init(
        readUnitsPerSecond: Int? = nil,
        writeUnitsPerSecond: Int? = nil,
        status: TableStatus? = nil
    ) {
        self.readUnitsPerSecond = readUnitsPerSecond
        self.writeUnitsPerSecond = writeUnitsPerSecond
        self.status = status
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ReadUnitsPerSecond", &readUnitsPerSecond)
        try members.optional("WriteUnitsPerSecond", &writeUnitsPerSecond)
        try members.optional("Status", &status)
    }
}
