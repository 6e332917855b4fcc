internal import DynamoDB

/// The checks of CreateTable, in AWS's order and words.
struct CreateTableValidation {
    private let input: CreateTableInput
    private let defined: [String]
    private let definedNames: StringSet

    private init(_ input: CreateTableInput) {
        self.input = input
        defined = input.attributeDefinitions.map(\.attributeName)
        definedNames = StringSet(defined)
    }

    static func check(_ input: CreateTableInput) throws(DynamoDBError) {
        try checkTableName(input.tableName)
        let validation = CreateTableValidation(input)
        try validation.checkThroughput()
        try validation.checkTableKey()
        var names: Set<String> = []
        try validation.checkLocalIndexes(&names)
        try validation.checkGlobalIndexes(&names)
        try validation.checkDefinitionsAreUsed()
        try validation.checkProjectedAttributeCount()
        try checkTags(input.tags ?? [])
        try input.onDemandThroughput?.check()
        try input.streamSpecification?.check()
    }

    /// Checks the indexes of a definition that UpdateTable has changed.
    static func checkIndexes(of definition: CreateTableInput) throws(DynamoDBError) {
        let validation = CreateTableValidation(definition)
        var names: Set<String> = []
        try validation.checkGlobalIndexes(&names)
        try validation.checkDefinitionsAreUsed()
        try validation.checkProjectedAttributeCount()
    }

    private func invalid(_ message: String) -> DynamoDBError {
        .validation("One or more parameter values were invalid: \(message)")
    }

    private func checkThroughput() throws(DynamoDBError) {
        if input.billingMode == .payPerRequest {
            if input.provisionedThroughput != nil {
                throw invalid(
                    "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
                        + "PAY_PER_REQUEST")
            }
            return
        }
        guard let throughput = input.provisionedThroughput else {
            throw invalid(
                "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED")
        }
        try throughput.check()
    }

    private func checkTableKey() throws(DynamoDBError) {
        let schema = input.keySchema ?? []
        try MemberConstraint.count(1, 2).check(schema, at: "KeySchema")
        guard definedNames.count == defined.count else {
            throw invalid("Cannot have two attributes with the same name")
        }
        if schema.count > defined.count {
            throw .validation("Invalid KeySchema: Some index key attribute have no definition")
        }
        try checkKey(schema, most: 1)
        if input.localSecondaryIndexes == nil, input.globalSecondaryIndexes == nil, schema.count != defined.count {
            throw invalid(
                "Number of attributes in KeySchema does not exactly match number of attributes defined in "
                    + "AttributeDefinitions")
        }
    }

    /// - Parameter most: how many attributes of each role are allowed.
    private func checkKey(_ schema: [KeySchemaElement], most: Int) throws(DynamoDBError) {
        let names = schema.map(\.attributeName)
        guard names.allSatisfy(definedNames.contains) else {
            throw invalid(
                "Some index key attributes are not defined in AttributeDefinitions. "
                    + "Keys: [\(names.joined(separator: ", "))], "
                    + "AttributeDefinitions: [\(defined.joined(separator: ", "))]")
        }
        guard StringSet(names).count == names.count else {
            throw .validation("Both the Hash Key and the Range Key element in the KeySchema have the same name")
        }
        guard schema.first?.keyType == .hash else {
            throw .validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type")
        }
        let roles = schema.map(\.keyType)
        let hashCount = roles.prefix { $0 == .hash }.count
        if most == 1, schema.count == 2, hashCount == 2 {
            throw .validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type")
        }
        guard roles.dropFirst(hashCount).allSatisfy({ $0 == .range }) else {
            throw .validation("Invalid KeySchema: HASH key elements must stand before RANGE key elements")
        }
        guard hashCount <= most, roles.count - hashCount <= most else {
            throw .validation("Invalid KeySchema: At most \(most) HASH and \(most) RANGE key elements are allowed")
        }
    }

    private func checkLocalIndexes(_ names: inout Set<String>) throws(DynamoDBError) {
        guard let indexes = input.localSecondaryIndexes else { return }
        if indexes.isEmpty { throw invalid("List of LocalSecondaryIndexes is empty") }
        guard let schema = input.keySchema, schema.count == 2, let tableHash = schema.first?.attributeName else {
            throw invalid(
                "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex")
        }
        for index in indexes {
            try checkKey(index.keySchema, most: 1)
            guard index.keySchema.count == 2 else {
                throw invalid("Index KeySchema does not have a range key for index: \(index.indexName)")
            }
            guard let hash = index.keySchema.first?.attributeName, ExactString(hash) == ExactString(tableHash) else {
                throw invalid(
                    "Index KeySchema does not have the same leading hash key as table KeySchema for index: "
                        + "\(index.indexName). index hash key: \(index.keySchema.first?.attributeName ?? ""), "
                        + "table hash key: \(tableHash)")
            }
            try check(index.projection)
            try takeName(index.indexName, &names)
        }
        if indexes.count > Limits.localIndexes {
            throw invalid("Number of LocalSecondaryIndexes exceeds per-table limit of \(Limits.localIndexes)")
        }
    }

    private func checkGlobalIndexes(_ names: inout Set<String>) throws(DynamoDBError) {
        guard let indexes = input.globalSecondaryIndexes else { return }
        if indexes.isEmpty { throw invalid("List of GlobalSecondaryIndexes is empty") }
        for index in indexes {
            try checkKey(index.keySchema, most: 4)
            try check(index.projection)
            if input.billingMode == .payPerRequest {
                if index.provisionedThroughput != nil {
                    throw invalid(
                        "ProvisionedThroughput should not be specified for index: \(index.indexName) when BillingMode "
                            + "is PAY_PER_REQUEST")
                }
            } else {
                guard let throughput = index.provisionedThroughput else {
                    throw invalid("ProvisionedThroughput must be specified for index: \(index.indexName)")
                }
                try throughput.check()
            }
            try takeName(index.indexName, &names)
        }
        if indexes.count > Limits.globalIndexes {
            throw invalid("GlobalSecondaryIndex count exceeds the per-table limit of \(Limits.globalIndexes)")
        }
    }

    private func takeName(_ name: String, _ names: inout Set<String>) throws(DynamoDBError) {
        guard names.insert(name).inserted else { throw invalid("Duplicate index name: \(name)") }
    }

    private func check(_ projection: Projection) throws(DynamoDBError) {
        switch (projection.projectionType, projection.nonKeyAttributes) {
        case (.include, nil): throw invalid("ProjectionType is INCLUDE, but NonKeyAttributes is not specified")
        case (.all, .some), (.keysOnly, .some):
            throw invalid("ProjectionType is \(projection.projectionType.rawValue), but NonKeyAttributes is specified")
        default: break
        }
    }

    private func checkDefinitionsAreUsed() throws(DynamoDBError) {
        let used = input.keyAttributes
        guard used.count == defined.count else {
            throw invalid(
                "Some AttributeDefinitions are not used. AttributeDefinitions: [\(defined.joined(separator: ", "))], "
                    + "keys used: [\(used.sorted().joined(separator: ", "))]")
        }
    }

    private func checkProjectedAttributeCount() throws(DynamoDBError) {
        let projections =
            (input.localSecondaryIndexes ?? []).map(\.projection)
            + (input.globalSecondaryIndexes ?? []).map(\.projection)
        let count = projections.reduce(0) { $0 + ($1.nonKeyAttributes?.count ?? 0) }
        guard count <= Limits.projectedAttributes else {
            throw invalid(
                "Number of NonKeyAttributes of all indexes exceeds the per-table limit of "
                    + "\(Limits.projectedAttributes)")
        }
    }
}
