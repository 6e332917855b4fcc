// Made by scripts/generate-api of the API's model in botocore 1.44.8. Do not edit.
// swift-format-ignore-file

extension CreateTableInput {
    /// Makes a request of its members.
    public init(
        tableName: String,
        attributeDefinitions: [AttributeDefinition],
        keySchema: [KeySchemaElement]? = nil,
        localSecondaryIndexes: [LocalSecondaryIndex]? = nil,
        globalSecondaryIndexes: [GlobalSecondaryIndex]? = nil,
        vectorIndexes: [VectorIndex]? = nil,
        billingMode: BillingMode? = nil,
        provisionedThroughput: ProvisionedThroughput? = nil,
        streamSpecification: StreamSpecification? = nil,
        sseSpecification: SSESpecification? = nil,
        tags: [Tag]? = nil,
        tableClass: TableClass? = nil,
        deletionProtectionEnabled: Bool? = nil,
        warmThroughput: WarmThroughput? = nil,
        resourcePolicy: String? = nil,
        onDemandThroughput: OnDemandThroughput? = nil,
        globalTableSourceArn: String? = nil,
        globalTableSettingsReplicationMode: GlobalTableSettingsReplicationMode? = nil
    ) {
        self.tableName = tableName
        self.attributeDefinitions = attributeDefinitions
        self.keySchema = keySchema
        self.localSecondaryIndexes = localSecondaryIndexes
        self.globalSecondaryIndexes = globalSecondaryIndexes
        self.vectorIndexes = vectorIndexes
        self.billingMode = billingMode
        self.provisionedThroughput = provisionedThroughput
        self.streamSpecification = streamSpecification
        self.sseSpecification = sseSpecification
        self.tags = tags
        self.tableClass = tableClass
        self.deletionProtectionEnabled = deletionProtectionEnabled
        self.warmThroughput = warmThroughput
        self.resourcePolicy = resourcePolicy
        self.onDemandThroughput = onDemandThroughput
        self.globalTableSourceArn = globalTableSourceArn
        self.globalTableSettingsReplicationMode = globalTableSettingsReplicationMode
    }

    package static var unread: Self { Self(tableName: .init(), attributeDefinitions: .init()) }

    package static var front: ValidationFront? { .tables }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("GlobalSecondaryIndexes", &globalSecondaryIndexes)
        try members.optional("GlobalTableSettingsReplicationMode", &globalTableSettingsReplicationMode)
        try members.optional("BillingMode", &billingMode)
        try members.optional("GlobalTableSourceArn", &globalTableSourceArn)
        try members.optional("SSESpecification", &sseSpecification)
        try members.optional("OnDemandThroughput", &onDemandThroughput)
        try members.optional("KeySchema", &keySchema)
        try members.optional("DeletionProtectionEnabled", &deletionProtectionEnabled)
        try members.optional("ProvisionedThroughput", &provisionedThroughput)
        try members.required("TableName", &tableName)
        try members.optional("Tags", &tags)
        try members.optional("TableClass", &tableClass)
        try members.optional("VectorIndexes", &vectorIndexes)
        try members.optional("StreamSpecification", &streamSpecification)
        try members.optional("WarmThroughput", &warmThroughput)
        try members.optional("ResourcePolicy", &resourcePolicy)
        try members.required("AttributeDefinitions", &attributeDefinitions)
        try members.optional("LocalSecondaryIndexes", &localSecondaryIndexes)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.look(into: globalSecondaryIndexes, at: "GlobalSecondaryIndexes")
        check.check("GlobalTableSourceArn", globalTableSourceArn, .tableReference)
        check.check("KeySchema", keySchema, .count(1, nil))
        check.look(into: keySchema, at: "KeySchema")
        check.look(into: provisionedThroughput, at: "ProvisionedThroughput")
        check.check("TableName", tableName, .tableReference)
        check.look(into: tags, at: "Tags")
        check.look(into: vectorIndexes, at: "VectorIndexes")
        check.look(into: attributeDefinitions, at: "AttributeDefinitions")
        check.look(into: localSecondaryIndexes, at: "LocalSecondaryIndexes")
    }
}

extension CreateTableOutput {
    /// Makes a response of its members.
    public init(
        tableDescription: TableDescription
    ) {
        self.tableDescription = tableDescription
    }

    package static var unread: Self { Self(tableDescription: .unread) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableDescription", &tableDescription)
    }
}

extension DeleteTableInput {
    /// Makes a request of its members.
    public init(
        tableName: String
    ) {
        self.tableName = tableName
    }

    package static var unread: Self { Self(tableName: .init()) }

    package static var front: ValidationFront? { .tables }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableName", &tableName)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("TableName", tableName, .tableReference)
    }
}

extension DeleteTableOutput {
    /// Makes a response of its members.
    public init(
        tableDescription: TableDescription
    ) {
        self.tableDescription = tableDescription
    }

    package static var unread: Self { Self(tableDescription: .unread) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableDescription", &tableDescription)
    }
}

extension DescribeTableInput {
    /// Makes a request of its members.
    public init(
        tableName: String
    ) {
        self.tableName = tableName
    }

    package static var unread: Self { Self(tableName: .init()) }

    package static var front: ValidationFront? { .tables }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableName", &tableName)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("TableName", tableName, .tableReference)
    }
}

extension DescribeTableOutput {
    /// Makes a response of its members.
    public init(
        table: TableDescription
    ) {
        self.table = table
    }

    package static var unread: Self { Self(table: .unread) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("Table", &table)
    }
}

extension DescribeTimeToLiveInput {
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

extension DescribeTimeToLiveOutput {
    /// Makes a response of its members.
    public init(
        timeToLiveDescription: TimeToLiveDescription
    ) {
        self.timeToLiveDescription = timeToLiveDescription
    }

    package static var unread: Self { Self(timeToLiveDescription: .unread) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TimeToLiveDescription", &timeToLiveDescription)
    }
}

extension DeleteGlobalSecondaryIndexAction {
    /// Makes a value of its members.
    public init(
        indexName: String
    ) {
        self.indexName = indexName
    }

    package static var unread: Self { Self(indexName: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("IndexName", &indexName)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("IndexName", indexName, .length(3, 255, .name))
    }
}

extension GlobalSecondaryIndexUpdate {
    /// Makes a value of its members.
    public init(
        create: GlobalSecondaryIndex? = nil,
        update: UpdateGlobalSecondaryIndexAction? = nil,
        delete: DeleteGlobalSecondaryIndexAction? = nil
    ) {
        self.create = create
        self.update = update
        self.delete = delete
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Update", &update)
        try members.optional("Create", &create)
        try members.optional("Delete", &delete)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.look(into: update, at: "Update")
        check.look(into: create, at: "Create")
        check.look(into: delete, at: "Delete")
    }
}

extension UpdateGlobalSecondaryIndexAction {
    /// Makes a value of its members.
    public init(
        indexName: String,
        provisionedThroughput: ProvisionedThroughput? = nil,
        onDemandThroughput: OnDemandThroughput? = nil,
        warmThroughput: WarmThroughput? = nil
    ) {
        self.indexName = indexName
        self.provisionedThroughput = provisionedThroughput
        self.onDemandThroughput = onDemandThroughput
        self.warmThroughput = warmThroughput
    }

    package static var unread: Self { Self(indexName: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("WarmThroughput", &warmThroughput)
        try members.optional("OnDemandThroughput", &onDemandThroughput)
        try members.required("IndexName", &indexName)
        try members.optional("ProvisionedThroughput", &provisionedThroughput)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("IndexName", indexName, .length(3, 255, .name))
        check.look(into: provisionedThroughput, at: "ProvisionedThroughput")
    }
}

extension ListTablesInput {
    /// Makes a request of its members.
    public init(
        exclusiveStartTableName: String? = nil,
        limit: Int? = nil
    ) {
        self.exclusiveStartTableName = exclusiveStartTableName
        self.limit = limit
    }

    package static var unread: Self { Self() }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ExclusiveStartTableName", &exclusiveStartTableName)
        try members.optional("Limit", &limit)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("ExclusiveStartTableName", exclusiveStartTableName, .length(3, 255, .name))
        check.check("Limit", limit, .value(1, 100))
    }
}

extension ListTablesOutput {
    /// Makes a response of its members.
    public init(
        tableNames: [String],
        lastEvaluatedTableName: String? = nil
    ) {
        self.tableNames = tableNames
        self.lastEvaluatedTableName = lastEvaluatedTableName
    }

    package static var unread: Self { Self(tableNames: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableNames", &tableNames)
        try members.optional("LastEvaluatedTableName", &lastEvaluatedTableName)
    }
}

extension UpdateTableInput {
    /// Makes a request of its members.
    public init(
        tableName: String,
        attributeDefinitions: [AttributeDefinition]? = nil,
        billingMode: BillingMode? = nil,
        provisionedThroughput: ProvisionedThroughput? = nil,
        globalSecondaryIndexUpdates: [GlobalSecondaryIndexUpdate]? = nil,
        vectorIndexUpdates: [VectorIndexUpdate]? = nil,
        streamSpecification: StreamSpecification? = nil,
        sseSpecification: SSESpecification? = nil,
        tableClass: TableClass? = nil,
        deletionProtectionEnabled: Bool? = nil,
        disassociationProtectionEnabled: Bool? = nil,
        onDemandThroughput: OnDemandThroughput? = nil,
        warmThroughput: WarmThroughput? = nil,
        replicaUpdates: [ReplicationGroupUpdate]? = nil,
        multiRegionConsistency: MultiRegionConsistency? = nil,
        globalTableWitnessUpdates: [GlobalTableWitnessGroupUpdate]? = nil,
        globalTableSettingsReplicationMode: GlobalTableSettingsReplicationMode? = nil
    ) {
        self.tableName = tableName
        self.attributeDefinitions = attributeDefinitions
        self.billingMode = billingMode
        self.provisionedThroughput = provisionedThroughput
        self.globalSecondaryIndexUpdates = globalSecondaryIndexUpdates
        self.vectorIndexUpdates = vectorIndexUpdates
        self.streamSpecification = streamSpecification
        self.sseSpecification = sseSpecification
        self.tableClass = tableClass
        self.deletionProtectionEnabled = deletionProtectionEnabled
        self.disassociationProtectionEnabled = disassociationProtectionEnabled
        self.onDemandThroughput = onDemandThroughput
        self.warmThroughput = warmThroughput
        self.replicaUpdates = replicaUpdates
        self.multiRegionConsistency = multiRegionConsistency
        self.globalTableWitnessUpdates = globalTableWitnessUpdates
        self.globalTableSettingsReplicationMode = globalTableSettingsReplicationMode
    }

    package static var unread: Self { Self(tableName: .init()) }

    package static var front: ValidationFront? { .tables }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("GlobalTableSettingsReplicationMode", &globalTableSettingsReplicationMode)
        try members.optional("ReplicaUpdates", &replicaUpdates)
        try members.optional("BillingMode", &billingMode)
        try members.optional("SSESpecification", &sseSpecification)
        try members.optional("OnDemandThroughput", &onDemandThroughput)
        try members.optional("GlobalTableWitnessUpdates", &globalTableWitnessUpdates)
        try members.optional("MultiRegionConsistency", &multiRegionConsistency)
        try members.optional("DeletionProtectionEnabled", &deletionProtectionEnabled)
        try members.optional("ProvisionedThroughput", &provisionedThroughput)
        try members.optional("DisassociationProtectionEnabled", &disassociationProtectionEnabled)
        try members.required("TableName", &tableName)
        try members.optional("TableClass", &tableClass)
        try members.optional("GlobalSecondaryIndexUpdates", &globalSecondaryIndexUpdates)
        try members.optional("StreamSpecification", &streamSpecification)
        try members.optional("WarmThroughput", &warmThroughput)
        try members.optional("AttributeDefinitions", &attributeDefinitions)
        try members.optional("VectorIndexUpdates", &vectorIndexUpdates)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("ReplicaUpdates", replicaUpdates, .count(1, nil))
        check.look(into: replicaUpdates, at: "ReplicaUpdates")
        check.check("GlobalTableWitnessUpdates", globalTableWitnessUpdates, .count(1, 1))
        check.look(into: provisionedThroughput, at: "ProvisionedThroughput")
        check.check("TableName", tableName, .tableReference)
        check.look(into: globalSecondaryIndexUpdates, at: "GlobalSecondaryIndexUpdates")
        check.look(into: attributeDefinitions, at: "AttributeDefinitions")
        check.look(into: vectorIndexUpdates, at: "VectorIndexUpdates")
    }
}

extension UpdateTableOutput {
    /// Makes a response of its members.
    public init(
        tableDescription: TableDescription
    ) {
        self.tableDescription = tableDescription
    }

    package static var unread: Self { Self(tableDescription: .unread) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TableDescription", &tableDescription)
    }
}

extension UpdateTimeToLiveInput {
    /// Makes a request of its members.
    public init(
        tableName: String,
        timeToLiveSpecification: TimeToLiveSpecification
    ) {
        self.tableName = tableName
        self.timeToLiveSpecification = timeToLiveSpecification
    }

    package static var unread: Self { Self(tableName: .init(), timeToLiveSpecification: .unread) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TimeToLiveSpecification", &timeToLiveSpecification)
        try members.required("TableName", &tableName)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.look(into: timeToLiveSpecification, at: "TimeToLiveSpecification")
        check.check("TableName", tableName, .tableReference)
    }
}

extension UpdateTimeToLiveOutput {
    /// Makes a response of its members.
    public init(
        timeToLiveSpecification: TimeToLiveSpecification
    ) {
        self.timeToLiveSpecification = timeToLiveSpecification
    }

    package static var unread: Self { Self(timeToLiveSpecification: .unread) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TimeToLiveSpecification", &timeToLiveSpecification)
    }
}
