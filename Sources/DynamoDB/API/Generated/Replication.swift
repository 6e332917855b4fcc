// Made by scripts/generate-api of the API's model in botocore 1.44.8. Do not edit.
// swift-format-ignore-file

extension CreateGlobalTableInput {
    /// Makes a request of its members.
    public init(
        globalTableName: String,
        replicationGroup: [Replica]
    ) {
        self.globalTableName = globalTableName
        self.replicationGroup = replicationGroup
    }

    package static var unread: Self { Self(globalTableName: .init(), replicationGroup: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("GlobalTableName", &globalTableName)
        try members.required("ReplicationGroup", &replicationGroup)
    }
}

extension CreateGlobalTableOutput {
    /// Makes a response of its members.
    public init(
        globalTableDescription: GlobalTableDescription? = nil
    ) {
        self.globalTableDescription = globalTableDescription
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("GlobalTableDescription", &globalTableDescription)
    }
}

extension CreateReplicaAction {
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

extension DeleteReplicaAction {
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

extension DescribeGlobalTableInput {
    /// Makes a request of its members.
    public init(
        globalTableName: String
    ) {
        self.globalTableName = globalTableName
    }

    package static var unread: Self { Self(globalTableName: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("GlobalTableName", &globalTableName)
    }
}

extension DescribeGlobalTableOutput {
    /// Makes a response of its members.
    public init(
        globalTableDescription: GlobalTableDescription? = nil
    ) {
        self.globalTableDescription = globalTableDescription
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("GlobalTableDescription", &globalTableDescription)
    }
}

extension GlobalTable {
    /// Makes a value of its members.
    public init(
        globalTableName: String? = nil,
        replicationGroup: [Replica]? = nil
    ) {
        self.globalTableName = globalTableName
        self.replicationGroup = replicationGroup
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("GlobalTableName", &globalTableName)
        try members.optional("ReplicationGroup", &replicationGroup)
    }
}

extension GlobalTableDescription {
    /// Makes a value of its members.
    public init(
        replicationGroup: [ReplicaDescription]? = nil,
        globalTableArn: String? = nil,
        creationDateTime: Double? = nil,
        globalTableStatus: GlobalTableStatus? = nil,
        globalTableName: String? = nil
    ) {
        self.replicationGroup = replicationGroup
        self.globalTableArn = globalTableArn
        self.creationDateTime = creationDateTime
        self.globalTableStatus = globalTableStatus
        self.globalTableName = globalTableName
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ReplicationGroup", &replicationGroup)
        try members.optional("GlobalTableArn", &globalTableArn)
        try members.optional("CreationDateTime", &creationDateTime)
        try members.optional("GlobalTableStatus", &globalTableStatus)
        try members.optional("GlobalTableName", &globalTableName)
    }
}

extension ListGlobalTablesInput {
    /// Makes a request of its members.
    public init(
        exclusiveStartGlobalTableName: String? = nil,
        limit: Int? = nil,
        regionName: String? = nil
    ) {
        self.exclusiveStartGlobalTableName = exclusiveStartGlobalTableName
        self.limit = limit
        self.regionName = regionName
    }

    package static var unread: Self { Self() }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("RegionName", &regionName)
        try members.optional("Limit", &limit)
        try members.optional("ExclusiveStartGlobalTableName", &exclusiveStartGlobalTableName)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("Limit", limit, .value(1, nil))
        check.check("ExclusiveStartGlobalTableName", exclusiveStartGlobalTableName, .length(3, 255, .name))
    }
}

extension ListGlobalTablesOutput {
    /// Makes a response of its members.
    public init(
        globalTables: [GlobalTable]? = nil,
        lastEvaluatedGlobalTableName: String? = nil
    ) {
        self.globalTables = globalTables
        self.lastEvaluatedGlobalTableName = lastEvaluatedGlobalTableName
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("GlobalTables", &globalTables)
        try members.optional("LastEvaluatedGlobalTableName", &lastEvaluatedGlobalTableName)
    }
}

extension Replica {
    /// Makes a value of its members.
    public init(
        regionName: String? = nil
    ) {
        self.regionName = regionName
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("RegionName", &regionName)
    }
}

extension ReplicaUpdate {
    /// Makes a value of its members.
    public init(
        create: CreateReplicaAction? = nil,
        delete: DeleteReplicaAction? = nil
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

extension UpdateGlobalTableInput {
    /// Makes a request of its members.
    public init(
        globalTableName: String,
        replicaUpdates: [ReplicaUpdate]
    ) {
        self.globalTableName = globalTableName
        self.replicaUpdates = replicaUpdates
    }

    package static var unread: Self { Self(globalTableName: .init(), replicaUpdates: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("GlobalTableName", &globalTableName)
        try members.required("ReplicaUpdates", &replicaUpdates)
    }
}

extension UpdateGlobalTableOutput {
    /// Makes a response of its members.
    public init(
        globalTableDescription: GlobalTableDescription? = nil
    ) {
        self.globalTableDescription = globalTableDescription
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("GlobalTableDescription", &globalTableDescription)
    }
}

extension DescribeGlobalTableSettingsInput {
    /// Makes a request of its members.
    public init(
        globalTableName: String
    ) {
        self.globalTableName = globalTableName
    }

    package static var unread: Self { Self(globalTableName: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("GlobalTableName", &globalTableName)
    }
}

extension DescribeGlobalTableSettingsOutput {
    /// Makes a response of its members.
    public init(
        globalTableName: String? = nil,
        replicaSettings: [ReplicaSettingsDescription]? = nil
    ) {
        self.globalTableName = globalTableName
        self.replicaSettings = replicaSettings
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("GlobalTableName", &globalTableName)
        try members.optional("ReplicaSettings", &replicaSettings)
    }
}

extension GlobalTableGlobalSecondaryIndexSettingsUpdate {
    /// Makes a value of its members.
    public init(
        indexName: String,
        provisionedWriteCapacityUnits: Int? = nil,
        provisionedWriteCapacityAutoScalingSettingsUpdate: AutoScalingSettingsUpdate? = nil
    ) {
        self.indexName = indexName
        self.provisionedWriteCapacityUnits = provisionedWriteCapacityUnits
        self.provisionedWriteCapacityAutoScalingSettingsUpdate = provisionedWriteCapacityAutoScalingSettingsUpdate
    }

    package static var unread: Self { Self(indexName: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ProvisionedWriteCapacityUnits", &provisionedWriteCapacityUnits)
        try members.required("IndexName", &indexName)
        try members.optional("ProvisionedWriteCapacityAutoScalingSettingsUpdate", &provisionedWriteCapacityAutoScalingSettingsUpdate)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("ProvisionedWriteCapacityUnits", provisionedWriteCapacityUnits, .value(1, nil))
        check.check("IndexName", indexName, .length(3, 255, .name))
        check.look(into: provisionedWriteCapacityAutoScalingSettingsUpdate, at: "ProvisionedWriteCapacityAutoScalingSettingsUpdate")
    }
}

extension ReplicaGlobalSecondaryIndexSettingsDescription {
    /// Makes a value of its members.
    public init(
        indexName: String,
        indexStatus: IndexStatus? = nil,
        provisionedReadCapacityUnits: Int? = nil,
        provisionedReadCapacityAutoScalingSettings: AutoScalingSettingsDescription? = nil,
        provisionedWriteCapacityUnits: Int? = nil,
        provisionedWriteCapacityAutoScalingSettings: AutoScalingSettingsDescription? = nil
    ) {
        self.indexName = indexName
        self.indexStatus = indexStatus
        self.provisionedReadCapacityUnits = provisionedReadCapacityUnits
        self.provisionedReadCapacityAutoScalingSettings = provisionedReadCapacityAutoScalingSettings
        self.provisionedWriteCapacityUnits = provisionedWriteCapacityUnits
        self.provisionedWriteCapacityAutoScalingSettings = provisionedWriteCapacityAutoScalingSettings
    }

    package static var unread: Self { Self(indexName: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("IndexName", &indexName)
        try members.optional("IndexStatus", &indexStatus)
        try members.optional("ProvisionedReadCapacityUnits", &provisionedReadCapacityUnits)
        try members.optional("ProvisionedReadCapacityAutoScalingSettings", &provisionedReadCapacityAutoScalingSettings)
        try members.optional("ProvisionedWriteCapacityUnits", &provisionedWriteCapacityUnits)
        try members.optional("ProvisionedWriteCapacityAutoScalingSettings", &provisionedWriteCapacityAutoScalingSettings)
    }
}

extension ReplicaGlobalSecondaryIndexSettingsUpdate {
    /// Makes a value of its members.
    public init(
        indexName: String,
        provisionedReadCapacityUnits: Int? = nil,
        provisionedReadCapacityAutoScalingSettingsUpdate: AutoScalingSettingsUpdate? = nil
    ) {
        self.indexName = indexName
        self.provisionedReadCapacityUnits = provisionedReadCapacityUnits
        self.provisionedReadCapacityAutoScalingSettingsUpdate = provisionedReadCapacityAutoScalingSettingsUpdate
    }

    package static var unread: Self { Self(indexName: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ProvisionedReadCapacityUnits", &provisionedReadCapacityUnits)
        try members.required("IndexName", &indexName)
        try members.optional("ProvisionedReadCapacityAutoScalingSettingsUpdate", &provisionedReadCapacityAutoScalingSettingsUpdate)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("ProvisionedReadCapacityUnits", provisionedReadCapacityUnits, .value(1, nil))
        check.check("IndexName", indexName, .length(3, 255, .name))
        check.look(into: provisionedReadCapacityAutoScalingSettingsUpdate, at: "ProvisionedReadCapacityAutoScalingSettingsUpdate")
    }
}

extension ReplicaSettingsDescription {
    /// Makes a value of its members.
    public init(
        regionName: String,
        replicaStatus: ReplicaStatus? = nil,
        replicaBillingModeSummary: BillingModeSummary? = nil,
        replicaProvisionedReadCapacityUnits: Int? = nil,
        replicaProvisionedReadCapacityAutoScalingSettings: AutoScalingSettingsDescription? = nil,
        replicaProvisionedWriteCapacityUnits: Int? = nil,
        replicaProvisionedWriteCapacityAutoScalingSettings: AutoScalingSettingsDescription? = nil,
        replicaGlobalSecondaryIndexSettings: [ReplicaGlobalSecondaryIndexSettingsDescription]? = nil,
        replicaTableClassSummary: TableClassSummary? = nil
    ) {
        self.regionName = regionName
        self.replicaStatus = replicaStatus
        self.replicaBillingModeSummary = replicaBillingModeSummary
        self.replicaProvisionedReadCapacityUnits = replicaProvisionedReadCapacityUnits
        self.replicaProvisionedReadCapacityAutoScalingSettings = replicaProvisionedReadCapacityAutoScalingSettings
        self.replicaProvisionedWriteCapacityUnits = replicaProvisionedWriteCapacityUnits
        self.replicaProvisionedWriteCapacityAutoScalingSettings = replicaProvisionedWriteCapacityAutoScalingSettings
        self.replicaGlobalSecondaryIndexSettings = replicaGlobalSecondaryIndexSettings
        self.replicaTableClassSummary = replicaTableClassSummary
    }

    package static var unread: Self { Self(regionName: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("RegionName", &regionName)
        try members.optional("ReplicaStatus", &replicaStatus)
        try members.optional("ReplicaBillingModeSummary", &replicaBillingModeSummary)
        try members.optional("ReplicaProvisionedReadCapacityUnits", &replicaProvisionedReadCapacityUnits)
        try members.optional("ReplicaProvisionedReadCapacityAutoScalingSettings", &replicaProvisionedReadCapacityAutoScalingSettings)
        try members.optional("ReplicaProvisionedWriteCapacityUnits", &replicaProvisionedWriteCapacityUnits)
        try members.optional("ReplicaProvisionedWriteCapacityAutoScalingSettings", &replicaProvisionedWriteCapacityAutoScalingSettings)
        try members.optional("ReplicaGlobalSecondaryIndexSettings", &replicaGlobalSecondaryIndexSettings)
        try members.optional("ReplicaTableClassSummary", &replicaTableClassSummary)
    }
}

extension ReplicaSettingsUpdate {
    /// Makes a value of its members.
    public init(
        regionName: String,
        replicaProvisionedReadCapacityUnits: Int? = nil,
        replicaProvisionedReadCapacityAutoScalingSettingsUpdate: AutoScalingSettingsUpdate? = nil,
        replicaGlobalSecondaryIndexSettingsUpdate: [ReplicaGlobalSecondaryIndexSettingsUpdate]? = nil,
        replicaTableClass: TableClass? = nil
    ) {
        self.regionName = regionName
        self.replicaProvisionedReadCapacityUnits = replicaProvisionedReadCapacityUnits
        self.replicaProvisionedReadCapacityAutoScalingSettingsUpdate = replicaProvisionedReadCapacityAutoScalingSettingsUpdate
        self.replicaGlobalSecondaryIndexSettingsUpdate = replicaGlobalSecondaryIndexSettingsUpdate
        self.replicaTableClass = replicaTableClass
    }

    package static var unread: Self { Self(regionName: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ReplicaProvisionedReadCapacityAutoScalingSettingsUpdate", &replicaProvisionedReadCapacityAutoScalingSettingsUpdate)
        try members.optional("ReplicaTableClass", &replicaTableClass)
        try members.optional("ReplicaGlobalSecondaryIndexSettingsUpdate", &replicaGlobalSecondaryIndexSettingsUpdate)
        try members.required("RegionName", &regionName)
        try members.optional("ReplicaProvisionedReadCapacityUnits", &replicaProvisionedReadCapacityUnits)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.look(into: replicaProvisionedReadCapacityAutoScalingSettingsUpdate, at: "ReplicaProvisionedReadCapacityAutoScalingSettingsUpdate")
        check.check("ReplicaGlobalSecondaryIndexSettingsUpdate", replicaGlobalSecondaryIndexSettingsUpdate, .count(1, 20))
        check.look(into: replicaGlobalSecondaryIndexSettingsUpdate, at: "ReplicaGlobalSecondaryIndexSettingsUpdate")
        check.check("ReplicaProvisionedReadCapacityUnits", replicaProvisionedReadCapacityUnits, .value(1, nil))
    }
}

extension UpdateGlobalTableSettingsInput {
    /// Makes a request of its members.
    public init(
        globalTableName: String,
        globalTableBillingMode: BillingMode? = nil,
        globalTableProvisionedWriteCapacityUnits: Int? = nil,
        globalTableProvisionedWriteCapacityAutoScalingSettingsUpdate: AutoScalingSettingsUpdate? = nil,
        globalTableGlobalSecondaryIndexSettingsUpdate: [GlobalTableGlobalSecondaryIndexSettingsUpdate]? = nil,
        replicaSettingsUpdate: [ReplicaSettingsUpdate]? = nil
    ) {
        self.globalTableName = globalTableName
        self.globalTableBillingMode = globalTableBillingMode
        self.globalTableProvisionedWriteCapacityUnits = globalTableProvisionedWriteCapacityUnits
        self.globalTableProvisionedWriteCapacityAutoScalingSettingsUpdate = globalTableProvisionedWriteCapacityAutoScalingSettingsUpdate
        self.globalTableGlobalSecondaryIndexSettingsUpdate = globalTableGlobalSecondaryIndexSettingsUpdate
        self.replicaSettingsUpdate = replicaSettingsUpdate
    }

    package static var unread: Self { Self(globalTableName: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("GlobalTableName", &globalTableName)
        try members.optional("GlobalTableProvisionedWriteCapacityUnits", &globalTableProvisionedWriteCapacityUnits)
        try members.optional("ReplicaSettingsUpdate", &replicaSettingsUpdate)
        try members.optional("GlobalTableBillingMode", &globalTableBillingMode)
        try members.optional("GlobalTableProvisionedWriteCapacityAutoScalingSettingsUpdate", &globalTableProvisionedWriteCapacityAutoScalingSettingsUpdate)
        try members.optional("GlobalTableGlobalSecondaryIndexSettingsUpdate", &globalTableGlobalSecondaryIndexSettingsUpdate)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("GlobalTableProvisionedWriteCapacityUnits", globalTableProvisionedWriteCapacityUnits, .value(1, nil))
        check.check("ReplicaSettingsUpdate", replicaSettingsUpdate, .count(1, 50))
        check.look(into: replicaSettingsUpdate, at: "ReplicaSettingsUpdate")
        check.look(into: globalTableProvisionedWriteCapacityAutoScalingSettingsUpdate, at: "GlobalTableProvisionedWriteCapacityAutoScalingSettingsUpdate")
        check.check("GlobalTableGlobalSecondaryIndexSettingsUpdate", globalTableGlobalSecondaryIndexSettingsUpdate, .count(1, 20))
        check.look(into: globalTableGlobalSecondaryIndexSettingsUpdate, at: "GlobalTableGlobalSecondaryIndexSettingsUpdate")
    }
}

extension UpdateGlobalTableSettingsOutput {
    /// Makes a response of its members.
    public init(
        globalTableName: String? = nil,
        replicaSettings: [ReplicaSettingsDescription]? = nil
    ) {
        self.globalTableName = globalTableName
        self.replicaSettings = replicaSettings
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("GlobalTableName", &globalTableName)
        try members.optional("ReplicaSettings", &replicaSettings)
    }
}

extension DescribeTableReplicaAutoScalingInput {
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

extension DescribeTableReplicaAutoScalingOutput {
    /// Makes a response of its members.
    public init(
        tableAutoScalingDescription: TableAutoScalingDescription? = nil
    ) {
        self.tableAutoScalingDescription = tableAutoScalingDescription
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("TableAutoScalingDescription", &tableAutoScalingDescription)
    }
}

extension GlobalSecondaryIndexAutoScalingUpdate {
    /// Makes a value of its members.
    public init(
        indexName: String? = nil,
        provisionedWriteCapacityAutoScalingUpdate: AutoScalingSettingsUpdate? = nil
    ) {
        self.indexName = indexName
        self.provisionedWriteCapacityAutoScalingUpdate = provisionedWriteCapacityAutoScalingUpdate
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ProvisionedWriteCapacityAutoScalingUpdate", &provisionedWriteCapacityAutoScalingUpdate)
        try members.optional("IndexName", &indexName)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.look(into: provisionedWriteCapacityAutoScalingUpdate, at: "ProvisionedWriteCapacityAutoScalingUpdate")
        check.check("IndexName", indexName, .length(3, 255, .name))
    }
}

extension ReplicaAutoScalingDescription {
    /// Makes a value of its members.
    public init(
        regionName: String? = nil,
        globalSecondaryIndexes: [ReplicaGlobalSecondaryIndexAutoScalingDescription]? = nil,
        replicaProvisionedReadCapacityAutoScalingSettings: AutoScalingSettingsDescription? = nil,
        replicaProvisionedWriteCapacityAutoScalingSettings: AutoScalingSettingsDescription? = nil,
        replicaStatus: ReplicaStatus? = nil
    ) {
        self.regionName = regionName
        self.globalSecondaryIndexes = globalSecondaryIndexes
        self.replicaProvisionedReadCapacityAutoScalingSettings = replicaProvisionedReadCapacityAutoScalingSettings
        self.replicaProvisionedWriteCapacityAutoScalingSettings = replicaProvisionedWriteCapacityAutoScalingSettings
        self.replicaStatus = replicaStatus
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("RegionName", &regionName)
        try members.optional("GlobalSecondaryIndexes", &globalSecondaryIndexes)
        try members.optional("ReplicaProvisionedReadCapacityAutoScalingSettings", &replicaProvisionedReadCapacityAutoScalingSettings)
        try members.optional("ReplicaProvisionedWriteCapacityAutoScalingSettings", &replicaProvisionedWriteCapacityAutoScalingSettings)
        try members.optional("ReplicaStatus", &replicaStatus)
    }
}

extension ReplicaAutoScalingUpdate {
    /// Makes a value of its members.
    public init(
        regionName: String,
        replicaGlobalSecondaryIndexUpdates: [ReplicaGlobalSecondaryIndexAutoScalingUpdate]? = nil,
        replicaProvisionedReadCapacityAutoScalingUpdate: AutoScalingSettingsUpdate? = nil
    ) {
        self.regionName = regionName
        self.replicaGlobalSecondaryIndexUpdates = replicaGlobalSecondaryIndexUpdates
        self.replicaProvisionedReadCapacityAutoScalingUpdate = replicaProvisionedReadCapacityAutoScalingUpdate
    }

    package static var unread: Self { Self(regionName: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ReplicaGlobalSecondaryIndexUpdates", &replicaGlobalSecondaryIndexUpdates)
        try members.required("RegionName", &regionName)
        try members.optional("ReplicaProvisionedReadCapacityAutoScalingUpdate", &replicaProvisionedReadCapacityAutoScalingUpdate)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.look(into: replicaGlobalSecondaryIndexUpdates, at: "ReplicaGlobalSecondaryIndexUpdates")
        check.look(into: replicaProvisionedReadCapacityAutoScalingUpdate, at: "ReplicaProvisionedReadCapacityAutoScalingUpdate")
    }
}

extension ReplicaGlobalSecondaryIndexAutoScalingDescription {
    /// Makes a value of its members.
    public init(
        indexName: String? = nil,
        indexStatus: IndexStatus? = nil,
        provisionedReadCapacityAutoScalingSettings: AutoScalingSettingsDescription? = nil,
        provisionedWriteCapacityAutoScalingSettings: AutoScalingSettingsDescription? = nil
    ) {
        self.indexName = indexName
        self.indexStatus = indexStatus
        self.provisionedReadCapacityAutoScalingSettings = provisionedReadCapacityAutoScalingSettings
        self.provisionedWriteCapacityAutoScalingSettings = provisionedWriteCapacityAutoScalingSettings
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("IndexName", &indexName)
        try members.optional("IndexStatus", &indexStatus)
        try members.optional("ProvisionedReadCapacityAutoScalingSettings", &provisionedReadCapacityAutoScalingSettings)
        try members.optional("ProvisionedWriteCapacityAutoScalingSettings", &provisionedWriteCapacityAutoScalingSettings)
    }
}

extension ReplicaGlobalSecondaryIndexAutoScalingUpdate {
    /// Makes a value of its members.
    public init(
        indexName: String? = nil,
        provisionedReadCapacityAutoScalingUpdate: AutoScalingSettingsUpdate? = nil
    ) {
        self.indexName = indexName
        self.provisionedReadCapacityAutoScalingUpdate = provisionedReadCapacityAutoScalingUpdate
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("IndexName", &indexName)
        try members.optional("ProvisionedReadCapacityAutoScalingUpdate", &provisionedReadCapacityAutoScalingUpdate)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("IndexName", indexName, .length(3, 255, .name))
        check.look(into: provisionedReadCapacityAutoScalingUpdate, at: "ProvisionedReadCapacityAutoScalingUpdate")
    }
}

extension TableAutoScalingDescription {
    /// Makes a value of its members.
    public init(
        tableName: String? = nil,
        tableStatus: TableStatus? = nil,
        replicas: [ReplicaAutoScalingDescription]? = nil
    ) {
        self.tableName = tableName
        self.tableStatus = tableStatus
        self.replicas = replicas
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("TableName", &tableName)
        try members.optional("TableStatus", &tableStatus)
        try members.optional("Replicas", &replicas)
    }
}

extension UpdateTableReplicaAutoScalingInput {
    /// Makes a request of its members.
    public init(
        tableName: String,
        globalSecondaryIndexUpdates: [GlobalSecondaryIndexAutoScalingUpdate]? = nil,
        provisionedWriteCapacityAutoScalingUpdate: AutoScalingSettingsUpdate? = nil,
        replicaUpdates: [ReplicaAutoScalingUpdate]? = nil
    ) {
        self.tableName = tableName
        self.globalSecondaryIndexUpdates = globalSecondaryIndexUpdates
        self.provisionedWriteCapacityAutoScalingUpdate = provisionedWriteCapacityAutoScalingUpdate
        self.replicaUpdates = replicaUpdates
    }

    package static var unread: Self { Self(tableName: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("GlobalSecondaryIndexUpdates", &globalSecondaryIndexUpdates)
        try members.optional("ReplicaUpdates", &replicaUpdates)
        try members.optional("ProvisionedWriteCapacityAutoScalingUpdate", &provisionedWriteCapacityAutoScalingUpdate)
        try members.required("TableName", &tableName)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("GlobalSecondaryIndexUpdates", globalSecondaryIndexUpdates, .count(1, nil))
        check.look(into: globalSecondaryIndexUpdates, at: "GlobalSecondaryIndexUpdates")
        check.check("ReplicaUpdates", replicaUpdates, .count(1, nil))
        check.look(into: replicaUpdates, at: "ReplicaUpdates")
        check.look(into: provisionedWriteCapacityAutoScalingUpdate, at: "ProvisionedWriteCapacityAutoScalingUpdate")
        check.check("TableName", tableName, .tableReference)
    }
}

extension UpdateTableReplicaAutoScalingOutput {
    /// Makes a response of its members.
    public init(
        tableAutoScalingDescription: TableAutoScalingDescription? = nil
    ) {
        self.tableAutoScalingDescription = tableAutoScalingDescription
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("TableAutoScalingDescription", &tableAutoScalingDescription)
    }
}
