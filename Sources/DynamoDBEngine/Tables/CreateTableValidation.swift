internal import DynamoDB

/// The checks of CreateTable, in AWS's order and words, of a request whose shape breaks none of the model's constraints.
struct CreateTableValidation {
    let input: CreateTableInput
    private let defined: [String]
    private let definedNames: StringSet

    init(_ input: CreateTableInput) {
        self.input = input
        defined = input.attributeDefinitions.map(\.attributeName)
        definedNames = StringSet(defined)
    }

    static func check(_ input: CreateTableInput) throws(DynamoDBError) {
        try checkTableName(input.tableName)
        guard input.globalTableSourceArn == nil, input.globalTableSettingsReplicationMode == nil else {
            throw .noReplicas
        }
        let validation = CreateTableValidation(input)
        try validation.checkConstraints()
        try validation.checkThroughput()
        try validation.checkDefinitions()
        try validation.checkLocalIndexes()
        try validation.checkGlobalIndexes()
        try validation.checkVectorIndexes()
        try validation.checkIndexNames()
        try validation.checkProjectedAttributeCount()
        try checkTags(input.tags ?? [])
        try input.streamSpecification?.checkForNewTable()
        try input.sseSpecification?.check()
    }

    // MARK: Constraints

    /// What AWS tells as a broken constraint although its model does not say it.
    private func checkConstraints() throws(DynamoDBError) {
        guard let schema = input.keySchema else {
            throw .violating([ConstraintViolation(.missing, value: nil, at: "KeySchema")], front: .older)
        }
        let count = MemberConstraint.count(1, 2)
        try count.check(schema, at: "KeySchema")
        for (position, index) in (input.localSecondaryIndexes ?? []).enumerated() {
            try count.check(index.keySchema, at: "LocalSecondaryIndexes.\(position + 1).member.KeySchema")
        }
    }

    // MARK: Throughput

    private func checkThroughput() throws(DynamoDBError) {
        if input.billingMode == .payPerRequest {
            guard input.provisionedThroughput == nil else {
                throw .invalidParameter(
                    "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
                        + "PAY_PER_REQUEST")
            }
            try input.onDemandThroughput?.check("for table", allowsNone: false)
        } else {
            guard let throughput = input.provisionedThroughput else {
                throw .invalidParameter(
                    "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED")
            }
            try throughput.checkBounds()
            try input.onDemandThroughput?.refuseForProvisioned("")
        }
    }

    // MARK: Definitions and keys

    /// That the attributes defined are those that are part of a key, and each once.
    private func checkDefinitions() throws(DynamoDBError) {
        if let name = StringSet.firstDuplicate(in: defined) {
            throw .validation("Attribute Name is duplicated: \(name)")
        }
        let schema = input.keySchema ?? []
        let hasIndexes =
            input.localSecondaryIndexes != nil || input.globalSecondaryIndexes != nil || input.vectorIndexes != nil
        if !hasIndexes, schema.count > defined.count {
            throw .validation("Invalid KeySchema: Some index key attribute have no definition")
        }
        try checkKey(schema, most: 1)
        for index in input.localSecondaryIndexes ?? [] { try checkAreDefined(index.keySchema) }
        for index in input.globalSecondaryIndexes ?? [] { try checkAreDefined(index.keySchema) }
        for index in input.vectorIndexes ?? [] { try checkAreDefined(index) }
        let used = input.keyAttributes
        let usedNames = StringSet(used)
        guard !defined.allSatisfy(usedNames.contains) else { return }
        guard hasIndexes else {
            throw .invalidParameter(
                "Number of attributes in KeySchema does not exactly match number of attributes defined in "
                    + "AttributeDefinitions")
        }
        throw .invalidParameter(
            "Some AttributeDefinitions are not used. AttributeDefinitions: [\(defined.joined(separator: ", "))], "
                + "keys used: [\(used.joined(separator: ", "))]")
    }

    private func checkAreDefined(_ schema: [KeySchemaElement]) throws(DynamoDBError) {
        let names = schema.map(\.attributeName)
        guard names.allSatisfy(definedNames.contains) else { throw .undefinedKeys(names, defined) }
    }

    /// A search schema is told of in words of its own.
    private func checkAreDefined(_ index: VectorIndex) throws(DynamoDBError) {
        guard (index.searchSchema ?? []).allSatisfy({ definedNames.contains($0.attributeName) }) else {
            throw .undefinedSearchSchema
        }
    }

    /// - Parameter most: how many attributes of each role are allowed.
    private func checkKey(_ schema: [KeySchemaElement], most: Int) throws(DynamoDBError) {
        try checkAreDefined(schema)
        guard schema.first?.keyType == .hash else {
            throw .validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type")
        }
        let roles = schema.map(\.keyType)
        let hashCount = roles.prefix { $0 == .hash }.count
        if most == 1, schema.count == 2, hashCount == 2 {
            throw .validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type")
        }
        guard roles.dropFirst(hashCount).allSatisfy({ $0 == .range }) else {
            throw .invalidParameter("All HASH key attributes must precede RANGE key attributes in the KeySchema")
        }
        for (role, count) in [(KeyType.hash, hashCount), (.range, roles.count - hashCount)] where count > most {
            throw .invalidParameter(
                "The KeySchema exceeds the maximum allowed number of \(role.rawValue) key attributes")
        }
        if StringSet.firstDuplicate(in: schema.map(\.attributeName)) != nil {
            throw .validation(
                schema.count == 2
                    ? "Both the Hash Key and the Range Key element in the KeySchema have the same name"
                    : "The KeySchema contains multiple key attributes with the same name")
        }
    }

    // MARK: Indexes

    private func checkLocalIndexes() throws(DynamoDBError) {
        guard let indexes = input.localSecondaryIndexes else { return }
        if indexes.isEmpty { throw .invalidParameter("List of LocalSecondaryIndexes is empty") }
        guard let schema = input.keySchema, schema.count == 2, let tableHash = schema.first?.attributeName else {
            throw .invalidParameter(
                "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex")
        }
        for index in indexes {
            try checkKey(index.keySchema, most: 1)
            guard index.keySchema.count == 2 else {
                throw .invalidParameter("Index KeySchema does not have a range key for index: \(index.indexName)")
            }
            guard let hash = index.keySchema.first?.attributeName, ExactString(hash) == ExactString(tableHash) else {
                throw .invalidParameter(
                    "Index KeySchema does not have the same leading hash key as table KeySchema for index: "
                        + "\(index.indexName). index hash key: \(index.keySchema.first?.attributeName ?? ""), "
                        + "table hash key: \(tableHash)")
            }
            try index.projection.check()
        }
        if indexes.count > Limits.localIndexes {
            throw .invalidParameter("Number of LocalSecondaryIndexes exceeds per-table limit of \(Limits.localIndexes)")
        }
    }

    private func checkGlobalIndexes() throws(DynamoDBError) {
        guard let indexes = input.globalSecondaryIndexes else { return }
        if indexes.isEmpty { throw .invalidParameter("List of GlobalSecondaryIndexes is empty") }
        for index in indexes {
            try check(index)
            if input.billingMode == .payPerRequest {
                guard index.provisionedThroughput == nil else {
                    throw .invalidParameter(
                        "ProvisionedThroughput should not be specified for index: \(index.indexName) when BillingMode "
                            + "is PAY_PER_REQUEST")
                }
                try index.onDemandThroughput?.check("for index : \(index.indexName)", allowsNone: false)
            } else {
                guard let throughput = index.provisionedThroughput else {
                    throw .invalidParameter("ProvisionedThroughput is not specified for index: \(index.indexName)")
                }
                try throughput.checkBounds()
                try index.onDemandThroughput?.refuseForProvisioned(" for index: \(index.indexName)")
            }
        }
        if indexes.count > Limits.globalIndexes {
            throw .invalidParameter(
                "GlobalSecondaryIndex count exceeds the per-table limit of \(Limits.globalIndexes)")
        }
    }

    /// The rules of a global index by itself, for UpdateTable too.
    func check(_ index: GlobalSecondaryIndex) throws(DynamoDBError) {
        try checkKey(index.keySchema, most: 4)
        try index.projection.check()
    }

    private func checkVectorIndexes() throws(DynamoDBError) {
        guard let indexes = input.vectorIndexes else { return }
        if indexes.isEmpty { throw .invalidParameter("List of VectorIndexes is empty") }
        guard input.billingMode == .payPerRequest else { throw .vectorsArePaidPerRequest }
        guard indexes.count <= Limits.vectorIndexes else {
            throw .invalidParameter("VectorIndex count exceeds the per-table limit of \(Limits.vectorIndexes)")
        }
        for index in indexes { try check(index) }
    }

    /// The rules of a vector index among those of its table, for UpdateTable too.
    func check(_ index: VectorIndex) throws(DynamoDBError) {
        guard 1...Limits.vectorDimensions ~= index.dimensions else {
            throw .invalidParameter(
                "Number of dimensions must be between 1 and \(Limits.vectorDimensions) inclusive.")
        }
        let attribute = index.vectorAttribute.attributeName
        guard !definedNames.contains(attribute) else {
            throw .invalidParameter(
                "Conflicting attribute definition for '\(attribute)'. An attribute cannot be defined in "
                    + "AttributeDefinitions when used as a VectorAttribute.")
        }
        let others = (input.vectorIndexes ?? []).filter {
            ExactString($0.vectorAttribute.attributeName) == ExactString(attribute)
        }
        guard others.allSatisfy({ $0.dimensions == index.dimensions }) else {
            throw .invalidParameter(
                "Conflicting attribute definition for '\(attribute)'. All VectorIndexes on the same vector attribute "
                    + "must use the same dimensions.")
        }
        let schema = index.searchSchema ?? []
        guard schema.count(where: { $0.searchSchemaElementType == .hash }) <= 1 else {
            throw .invalidParameter("A SearchSchema cannot have more than one HASH element")
        }
        if let name = StringSet.firstDuplicate(in: schema.map(\.attributeName)) {
            throw .invalidParameter("Duplicate element in SearchSchema: \(name)")
        }
        try index.projection.check()
    }

    private func checkIndexNames() throws(DynamoDBError) {
        let names =
            (input.localSecondaryIndexes ?? []).map(\.indexName) + (input.globalSecondaryIndexes ?? []).map(\.indexName)
            + (input.vectorIndexes ?? []).map(\.indexName)
        if let name = StringSet.firstDuplicate(in: names) { throw .invalidParameter("Duplicate index name: \(name)") }
    }

    func checkProjectedAttributeCount() throws(DynamoDBError) {
        let projections =
            (input.localSecondaryIndexes ?? []).map(\.projection)
            + (input.globalSecondaryIndexes ?? []).map(\.projection)
            + (input.vectorIndexes ?? []).map(\.projection)
        let count = projections.reduce(0) { $0 + ($1.nonKeyAttributes?.count ?? 0) }
        guard count <= Limits.projectedAttributes else {
            throw .invalidParameter(
                "Number of NonKeyAttributes of all indexes exceeds the per-table limit of "
                    + "\(Limits.projectedAttributes)")
        }
    }
}

extension Projection {
    /// The rules of a projection; its constraints have been checked.
    fileprivate func check() throws(DynamoDBError) {
        switch (projectionType, nonKeyAttributes) {
        case (nil, _): throw .invalidParameter("Unknown ProjectionType: null")
        case (.include, nil):
            throw .invalidParameter("ProjectionType is INCLUDE, but NonKeyAttributes is not specified")
        case (.all?, .some), (.keysOnly?, .some):
            throw .invalidParameter(
                "ProjectionType is \(projectionType?.rawValue ?? ""), but NonKeyAttributes is specified")
        case (_, let names):
            if let name = StringSet.firstDuplicate(in: names ?? []) {
                throw .invalidParameter("Duplicate element in NonKeyAttributes: \(name)")
            }
        }
    }
}

extension SSESpecification {
    func check() throws(DynamoDBError) {
        if enabled != true {
            if sseType != nil { throw .invalidParameter("SSEType can not be specified if Enabled is false") }
            if kmsMasterKeyId != nil {
                throw .invalidParameter("KMSMasterKeyId can not be specified if Enabled is false")
            }
        }
        if sseType == .aes256 { throw .invalidParameter("SSEType AES256 is not supported") }
        if kmsMasterKeyId != nil, sseType == nil {
            throw .invalidParameter("SSEType KMS is required if KMSMasterKeyId is specified")
        }
    }
}

extension DynamoDBError {
    static func undefinedKeys(_ keys: [String], _ defined: [String]) -> DynamoDBError {
        .invalidParameter(
            "Some index key attributes are not defined in AttributeDefinitions. "
                + "Keys: [\(keys.joined(separator: ", "))], AttributeDefinitions: [\(defined.joined(separator: ", "))]")
    }

    static let undefinedSearchSchema = DynamoDBError.invalidParameter(
        "One element in SearchSchema is not defined in attribute definitions")

    static let vectorsArePaidPerRequest = DynamoDBError.invalidParameter(
        "Vector indexes are only supported for PAY_PER_REQUEST tables")

    /// What has to do with replicas in other regions.
    static let noReplicas = DynamoDBError.invalidParameter("This server has no replicas in other regions")
}
