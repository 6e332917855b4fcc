// Made by scripts/generate-api of the API's model in botocore 1.44.8. Do not edit.
// swift-format-ignore-file

extension AutoScalingPolicyDescription {
    /// Makes a value of its members.
    public init(
        policyName: String? = nil,
        targetTrackingScalingPolicyConfiguration: AutoScalingTargetTrackingScalingPolicyConfigurationDescription? = nil
    ) {
        self.policyName = policyName
        self.targetTrackingScalingPolicyConfiguration = targetTrackingScalingPolicyConfiguration
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("PolicyName", &policyName)
        try members.optional("TargetTrackingScalingPolicyConfiguration", &targetTrackingScalingPolicyConfiguration)
    }
}

extension AutoScalingPolicyUpdate {
    /// Makes a value of its members.
    public init(
        targetTrackingScalingPolicyConfiguration: AutoScalingTargetTrackingScalingPolicyConfigurationUpdate,
        policyName: String? = nil
    ) {
        self.targetTrackingScalingPolicyConfiguration = targetTrackingScalingPolicyConfiguration
        self.policyName = policyName
    }

    package static var unread: Self { Self(targetTrackingScalingPolicyConfiguration: .unread) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TargetTrackingScalingPolicyConfiguration", &targetTrackingScalingPolicyConfiguration)
        try members.optional("PolicyName", &policyName)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("PolicyName", policyName, .length(1, 256))
    }
}

extension AutoScalingSettingsDescription {
    /// Makes a value of its members.
    public init(
        minimumUnits: Int? = nil,
        maximumUnits: Int? = nil,
        autoScalingDisabled: Bool? = nil,
        autoScalingRoleArn: String? = nil,
        scalingPolicies: [AutoScalingPolicyDescription]? = nil
    ) {
        self.minimumUnits = minimumUnits
        self.maximumUnits = maximumUnits
        self.autoScalingDisabled = autoScalingDisabled
        self.autoScalingRoleArn = autoScalingRoleArn
        self.scalingPolicies = scalingPolicies
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("MinimumUnits", &minimumUnits)
        try members.optional("MaximumUnits", &maximumUnits)
        try members.optional("AutoScalingDisabled", &autoScalingDisabled)
        try members.optional("AutoScalingRoleArn", &autoScalingRoleArn)
        try members.optional("ScalingPolicies", &scalingPolicies)
    }
}

extension AutoScalingSettingsUpdate {
    /// Makes a value of its members.
    public init(
        minimumUnits: Int? = nil,
        maximumUnits: Int? = nil,
        autoScalingDisabled: Bool? = nil,
        autoScalingRoleArn: String? = nil,
        scalingPolicyUpdate: AutoScalingPolicyUpdate? = nil
    ) {
        self.minimumUnits = minimumUnits
        self.maximumUnits = maximumUnits
        self.autoScalingDisabled = autoScalingDisabled
        self.autoScalingRoleArn = autoScalingRoleArn
        self.scalingPolicyUpdate = scalingPolicyUpdate
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ScalingPolicyUpdate", &scalingPolicyUpdate)
        try members.optional("AutoScalingRoleArn", &autoScalingRoleArn)
        try members.optional("MinimumUnits", &minimumUnits)
        try members.optional("MaximumUnits", &maximumUnits)
        try members.optional("AutoScalingDisabled", &autoScalingDisabled)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.look(into: scalingPolicyUpdate, at: "ScalingPolicyUpdate")
        check.check("AutoScalingRoleArn", autoScalingRoleArn, .length(1, 1_600))
        check.check("MinimumUnits", minimumUnits, .value(1, nil))
        check.check("MaximumUnits", maximumUnits, .value(1, nil))
    }
}

extension AutoScalingTargetTrackingScalingPolicyConfigurationDescription {
    /// Makes a value of its members.
    public init(
        targetValue: Double,
        disableScaleIn: Bool? = nil,
        scaleInCooldown: Int? = nil,
        scaleOutCooldown: Int? = nil
    ) {
        self.targetValue = targetValue
        self.disableScaleIn = disableScaleIn
        self.scaleInCooldown = scaleInCooldown
        self.scaleOutCooldown = scaleOutCooldown
    }

    package static var unread: Self { Self(targetValue: 0) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TargetValue", &targetValue)
        try members.optional("DisableScaleIn", &disableScaleIn)
        try members.optional("ScaleInCooldown", &scaleInCooldown)
        try members.optional("ScaleOutCooldown", &scaleOutCooldown)
    }
}

extension AutoScalingTargetTrackingScalingPolicyConfigurationUpdate {
    /// Makes a value of its members.
    public init(
        targetValue: Double,
        disableScaleIn: Bool? = nil,
        scaleInCooldown: Int? = nil,
        scaleOutCooldown: Int? = nil
    ) {
        self.targetValue = targetValue
        self.disableScaleIn = disableScaleIn
        self.scaleInCooldown = scaleInCooldown
        self.scaleOutCooldown = scaleOutCooldown
    }

    package static var unread: Self { Self(targetValue: 0) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("DisableScaleIn", &disableScaleIn)
        try members.optional("ScaleOutCooldown", &scaleOutCooldown)
        try members.optional("ScaleInCooldown", &scaleInCooldown)
        try members.required("TargetValue", &targetValue)
    }
}

extension Capacity {
    /// Makes a value of its members.
    public init(
        readCapacityUnits: Double? = nil,
        writeCapacityUnits: Double? = nil,
        capacityUnits: Double? = nil
    ) {
        self.readCapacityUnits = readCapacityUnits
        self.writeCapacityUnits = writeCapacityUnits
        self.capacityUnits = capacityUnits
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ReadCapacityUnits", &readCapacityUnits)
        try members.optional("WriteCapacityUnits", &writeCapacityUnits)
        try members.optional("CapacityUnits", &capacityUnits)
    }
}

extension ConsumedCapacity {
    /// Makes a value of its members.
    public init(
        tableName: String? = nil,
        capacityUnits: Double? = nil,
        readCapacityUnits: Double? = nil,
        writeCapacityUnits: Double? = nil,
        table: Capacity? = nil,
        localSecondaryIndexes: [String: Capacity]? = nil,
        globalSecondaryIndexes: [String: Capacity]? = nil,
        vectorIndexes: [String: VectorCapacity]? = nil
    ) {
        self.tableName = tableName
        self.capacityUnits = capacityUnits
        self.readCapacityUnits = readCapacityUnits
        self.writeCapacityUnits = writeCapacityUnits
        self.table = table
        self.localSecondaryIndexes = localSecondaryIndexes
        self.globalSecondaryIndexes = globalSecondaryIndexes
        self.vectorIndexes = vectorIndexes
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("TableName", &tableName)
        try members.optional("CapacityUnits", &capacityUnits)
        try members.optional("ReadCapacityUnits", &readCapacityUnits)
        try members.optional("WriteCapacityUnits", &writeCapacityUnits)
        try members.optional("Table", &table)
        try members.optional("LocalSecondaryIndexes", &localSecondaryIndexes)
        try members.optional("GlobalSecondaryIndexes", &globalSecondaryIndexes)
        try members.optional("VectorIndexes", &vectorIndexes)
    }
}

extension SSEDescription {
    /// Makes a value of its members.
    public init(
        status: SSEStatus? = nil,
        sseType: SSEType? = nil,
        kmsMasterKeyArn: String? = nil,
        inaccessibleEncryptionDateTime: Double? = nil
    ) {
        self.status = status
        self.sseType = sseType
        self.kmsMasterKeyArn = kmsMasterKeyArn
        self.inaccessibleEncryptionDateTime = inaccessibleEncryptionDateTime
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Status", &status)
        try members.optional("SSEType", &sseType)
        try members.optional("KMSMasterKeyArn", &kmsMasterKeyArn)
        try members.optional("InaccessibleEncryptionDateTime", &inaccessibleEncryptionDateTime)
    }
}

extension SSESpecification {
    /// Makes a value of its members.
    public init(
        enabled: Bool? = nil,
        sseType: SSEType? = nil,
        kmsMasterKeyId: String? = nil
    ) {
        self.enabled = enabled
        self.sseType = sseType
        self.kmsMasterKeyId = kmsMasterKeyId
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("KMSMasterKeyId", &kmsMasterKeyId)
        try members.optional("SSEType", &sseType)
        try members.optional("Enabled", &enabled)
    }
}

extension SSEType {
    package static var namesInErrors: String { "AES256, KMS" }
}

extension ItemCollectionMetrics {
    /// Makes a value of its members.
    public init(
        itemCollectionKey: Item? = nil,
        sizeEstimateRangeGB: [Double]? = nil
    ) {
        self.itemCollectionKey = itemCollectionKey
        self.sizeEstimateRangeGB = sizeEstimateRangeGB
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ItemCollectionKey", &itemCollectionKey)
        try members.optional("SizeEstimateRangeGB", &sizeEstimateRangeGB)
    }
}

extension AttributeDefinition {
    /// Makes a value of its members.
    public init(
        attributeName: String,
        attributeType: ScalarAttributeType
    ) {
        self.attributeName = attributeName
        self.attributeType = attributeType
    }

    package static var unread: Self { Self(attributeName: .init(), attributeType: .string) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("AttributeType", &attributeType)
        try members.required("AttributeName", &attributeName)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("AttributeName", attributeName, .length(1, 255))
    }
}

extension KeySchemaElement {
    /// Makes a value of its members.
    public init(
        attributeName: String,
        keyType: KeyType
    ) {
        self.attributeName = attributeName
        self.keyType = keyType
    }

    package static var unread: Self { Self(attributeName: .init(), keyType: .hash) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("AttributeName", &attributeName)
        try members.required("KeyType", &keyType)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("AttributeName", attributeName, .length(1, 255))
    }
}

extension KeyType {
    package static var namesInErrors: String { "HASH, RANGE" }
}

extension ScalarAttributeType {
    package static var namesInErrors: String { "B, N, S" }
}

extension Projection {
    /// Makes a value of its members.
    public init(
        projectionType: ProjectionType? = nil,
        nonKeyAttributes: [String]? = nil
    ) {
        self.projectionType = projectionType
        self.nonKeyAttributes = nonKeyAttributes
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("NonKeyAttributes", &nonKeyAttributes)
        try members.optional("ProjectionType", &projectionType)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("NonKeyAttributes", nonKeyAttributes, .count(1, 20, of: 1...255))
    }
}

extension Projection.ProjectionType {
    package static var namesInErrors: String { "ALL, INCLUDE, KEYS_ONLY" }
}

extension GlobalSecondaryIndex {
    /// Makes a value of its members.
    public init(
        indexName: String,
        keySchema: [KeySchemaElement],
        projection: Projection,
        provisionedThroughput: ProvisionedThroughput? = nil,
        onDemandThroughput: OnDemandThroughput? = nil,
        warmThroughput: WarmThroughput? = nil
    ) {
        self.indexName = indexName
        self.keySchema = keySchema
        self.projection = projection
        self.provisionedThroughput = provisionedThroughput
        self.onDemandThroughput = onDemandThroughput
        self.warmThroughput = warmThroughput
    }

    package static var unread: Self { Self(indexName: .init(), keySchema: .init(), projection: .unread) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("WarmThroughput", &warmThroughput)
        try members.optional("OnDemandThroughput", &onDemandThroughput)
        try members.required("IndexName", &indexName)
        try members.required("KeySchema", &keySchema)
        try members.required("Projection", &projection)
        try members.optional("ProvisionedThroughput", &provisionedThroughput)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("IndexName", indexName, .length(3, 255, .name))
        check.check("KeySchema", keySchema, .count(1, nil))
        check.look(into: keySchema, at: "KeySchema")
        check.look(into: projection, at: "Projection")
        check.look(into: provisionedThroughput, at: "ProvisionedThroughput")
    }
}

extension LocalSecondaryIndex {
    /// Makes a value of its members.
    public init(
        indexName: String,
        keySchema: [KeySchemaElement],
        projection: Projection
    ) {
        self.indexName = indexName
        self.keySchema = keySchema
        self.projection = projection
    }

    package static var unread: Self { Self(indexName: .init(), keySchema: .init(), projection: .unread) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("IndexName", &indexName)
        try members.required("KeySchema", &keySchema)
        try members.required("Projection", &projection)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("IndexName", indexName, .length(3, 255, .name))
        check.check("KeySchema", keySchema, .count(1, nil))
        check.look(into: keySchema, at: "KeySchema")
        check.look(into: projection, at: "Projection")
    }
}

extension TableClass {
    package static var namesInErrors: String { "STANDARD, STANDARD_INFREQUENT_ACCESS" }
}

extension TableClassSummary {
    /// Makes a value of its members.
    public init(
        tableClass: TableClass? = nil,
        lastUpdateDateTime: Double? = nil
    ) {
        self.tableClass = tableClass
        self.lastUpdateDateTime = lastUpdateDateTime
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("TableClass", &tableClass)
        try members.optional("LastUpdateDateTime", &lastUpdateDateTime)
    }
}

extension Tag {
    /// Makes a value of its members.
    public init(
        key: String,
        value: String
    ) {
        self.key = key
        self.value = value
    }

    package static var unread: Self { Self(key: .init(), value: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("Value", &value)
        try members.required("Key", &key)
    }
}

extension BillingMode {
    package static var namesInErrors: String { "PROVISIONED, PAY_PER_REQUEST" }
}

extension OnDemandThroughput {
    /// Makes a value of its members.
    public init(
        maxReadRequestUnits: Int? = nil,
        maxWriteRequestUnits: Int? = nil
    ) {
        self.maxReadRequestUnits = maxReadRequestUnits
        self.maxWriteRequestUnits = maxWriteRequestUnits
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("MaxReadRequestUnits", &maxReadRequestUnits)
        try members.optional("MaxWriteRequestUnits", &maxWriteRequestUnits)
    }
}

extension ProvisionedThroughput {
    /// Makes a value of its members.
    public init(
        readCapacityUnits: Int,
        writeCapacityUnits: Int
    ) {
        self.readCapacityUnits = readCapacityUnits
        self.writeCapacityUnits = writeCapacityUnits
    }

    package static var unread: Self { Self(readCapacityUnits: 0, writeCapacityUnits: 0) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("WriteCapacityUnits", &writeCapacityUnits)
        try members.required("ReadCapacityUnits", &readCapacityUnits)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("WriteCapacityUnits", writeCapacityUnits, .value(1, nil))
        check.check("ReadCapacityUnits", readCapacityUnits, .value(1, nil))
    }
}

extension WarmThroughput {
    /// Makes a value of its members.
    public init(
        readUnitsPerSecond: Int? = nil,
        writeUnitsPerSecond: Int? = nil
    ) {
        self.readUnitsPerSecond = readUnitsPerSecond
        self.writeUnitsPerSecond = writeUnitsPerSecond
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ReadUnitsPerSecond", &readUnitsPerSecond)
        try members.optional("WriteUnitsPerSecond", &writeUnitsPerSecond)
    }
}

extension TimeToLiveDescription {
    /// Makes a value of its members.
    public init(
        timeToLiveStatus: TimeToLiveStatus,
        attributeName: String? = nil
    ) {
        self.timeToLiveStatus = timeToLiveStatus
        self.attributeName = attributeName
    }

    package static var unread: Self { Self(timeToLiveStatus: .init(rawValue: "")) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("TimeToLiveStatus", &timeToLiveStatus)
        try members.optional("AttributeName", &attributeName)
    }
}

extension TimeToLiveSpecification {
    /// Makes a value of its members.
    public init(
        attributeName: String,
        enabled: Bool
    ) {
        self.attributeName = attributeName
        self.enabled = enabled
    }

    package static var unread: Self { Self(attributeName: .init(), enabled: false) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("AttributeName", &attributeName)
        try members.required("Enabled", &enabled)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("AttributeName", attributeName, .length(1, 255))
    }
}

extension DeleteVectorIndexAction {
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

extension SearchSchemaElement {
    /// Makes a value of its members.
    public init(
        attributeName: String,
        searchSchemaElementType: SearchSchemaElementType
    ) {
        self.attributeName = attributeName
        self.searchSchemaElementType = searchSchemaElementType
    }

    package static var unread: Self { Self(attributeName: .init(), searchSchemaElementType: .hash) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("AttributeName", &attributeName)
        try members.required("SearchSchemaElementType", &searchSchemaElementType)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("AttributeName", attributeName, .length(nil, 65_535))
    }
}

extension SearchSchemaElementType {
    package static var namesInErrors: String { "HASH, INLINE_FILTER" }
}

extension VectorAttributeDefinition {
    /// Makes a value of its members.
    public init(
        attributeName: String
    ) {
        self.attributeName = attributeName
    }

    package static var unread: Self { Self(attributeName: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("AttributeName", &attributeName)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("AttributeName", attributeName, .length(1, 255))
    }
}

extension VectorCapacity {
    /// Makes a value of its members.
    public init(
        vectorSearchRequestBytes: Double? = nil,
        vectorWriteRequestBytes: Double? = nil
    ) {
        self.vectorSearchRequestBytes = vectorSearchRequestBytes
        self.vectorWriteRequestBytes = vectorWriteRequestBytes
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("VectorSearchRequestBytes", &vectorSearchRequestBytes)
        try members.optional("VectorWriteRequestBytes", &vectorWriteRequestBytes)
    }
}

extension VectorDistanceFunction {
    package static var namesInErrors: String { "COSINE, DOT_PRODUCT, EUCLIDEAN" }
}

extension VectorIndex {
    /// Makes a value of its members.
    public init(
        indexName: String,
        vectorAttribute: VectorAttributeDefinition,
        searchSchema: [SearchSchemaElement]? = nil,
        projection: Projection,
        dimensions: Int,
        distanceFunction: VectorDistanceFunction
    ) {
        self.indexName = indexName
        self.vectorAttribute = vectorAttribute
        self.searchSchema = searchSchema
        self.projection = projection
        self.dimensions = dimensions
        self.distanceFunction = distanceFunction
    }

    package static var unread: Self { Self(indexName: .init(), vectorAttribute: .unread, projection: .unread, dimensions: 0, distanceFunction: .cosine) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("DistanceFunction", &distanceFunction)
        try members.required("IndexName", &indexName)
        try members.required("Projection", &projection)
        try members.required("VectorAttribute", &vectorAttribute)
        try members.optional("SearchSchema", &searchSchema)
        try members.required("Dimensions", &dimensions)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("IndexName", indexName, .length(3, 255, .name))
        check.look(into: projection, at: "Projection")
        check.look(into: vectorAttribute, at: "VectorAttribute")
        check.check("SearchSchema", searchSchema, .count(1, nil))
        check.look(into: searchSchema, at: "SearchSchema")
        check.check("Dimensions", dimensions, .value(1, nil))
    }
}

extension VectorIndexDescription {
    /// Makes a value of its members.
    public init(
        indexName: String,
        searchSchema: [SearchSchemaElement]? = nil,
        projection: Projection? = nil,
        vectorAttribute: VectorAttributeDefinition? = nil,
        dimensions: Int? = nil,
        distanceFunction: VectorDistanceFunction? = nil,
        indexStatus: IndexStatus? = nil,
        backfilling: Bool? = nil,
        indexSizeBytes: Int? = nil,
        itemCount: Int? = nil,
        indexArn: String? = nil
    ) {
        self.indexName = indexName
        self.searchSchema = searchSchema
        self.projection = projection
        self.vectorAttribute = vectorAttribute
        self.dimensions = dimensions
        self.distanceFunction = distanceFunction
        self.indexStatus = indexStatus
        self.backfilling = backfilling
        self.indexSizeBytes = indexSizeBytes
        self.itemCount = itemCount
        self.indexArn = indexArn
    }

    package static var unread: Self { Self(indexName: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("IndexName", &indexName)
        try members.optional("SearchSchema", &searchSchema)
        try members.optional("Projection", &projection)
        try members.optional("VectorAttribute", &vectorAttribute)
        try members.optional("Dimensions", &dimensions)
        try members.optional("DistanceFunction", &distanceFunction)
        try members.optional("IndexStatus", &indexStatus)
        try members.optional("Backfilling", &backfilling)
        try members.optional("IndexSizeBytes", &indexSizeBytes)
        try members.optional("ItemCount", &itemCount)
        try members.optional("IndexArn", &indexArn)
    }
}

extension VectorIndexUpdate {
    /// Makes a value of its members.
    public init(
        create: VectorIndex? = nil,
        delete: DeleteVectorIndexAction? = nil
    ) {
        self.create = create
        self.delete = delete
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Create", &create)
        try members.optional("Delete", &delete)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.look(into: create, at: "Create")
        check.look(into: delete, at: "Delete")
    }
}
