internal import DynamoDB

/// What a restored table has otherwise than its source.
struct RestoreOverrides {
    let tableName: String
    let billingMode: BillingMode?
    let globalIndexes: [GlobalSecondaryIndex]?
    let localIndexes: [LocalSecondaryIndex]?
    let throughput: ProvisionedThroughput?
    let onDemandThroughput: OnDemandThroughput?
    let encryption: SSESpecification?

    /// The new table's definition. As on AWS it has no stream, no tags and no protection against deletion.
    ///
    /// - Throws: `ValidationException` for an index that the source does not have, and as CreateTable does.
    func definition(from source: CreateTableInput) throws(DynamoDBError) -> CreateTableInput {
        var definition = source
        definition.tableName = tableName
        definition.streamSpecification = nil
        definition.tags = nil
        definition.deletionProtectionEnabled = nil
        if let encryption { definition.sseSpecification = encryption }
        if let localIndexes {
            let known = source.localSecondaryIndexes ?? []
            for index in localIndexes where !known.contains(index) { throw unknown(index.indexName) }
            definition.localSecondaryIndexes = localIndexes.isEmpty ? nil : localIndexes
        }
        if let globalIndexes {
            let known = source.globalSecondaryIndexes ?? []
            for index in globalIndexes {
                guard known.contains(where: { $0.hasContents(of: index) }) else { throw unknown(index.indexName) }
            }
            definition.globalSecondaryIndexes = globalIndexes.isEmpty ? nil : globalIndexes
        }
        override(&definition)
        var used = Set((definition.keySchema ?? []).map(\.attributeName))
        for index in definition.localSecondaryIndexes ?? [] { used.formUnion(index.keySchema.map(\.attributeName)) }
        for index in definition.globalSecondaryIndexes ?? [] { used.formUnion(index.keySchema.map(\.attributeName)) }
        definition.attributeDefinitions.removeAll { !used.contains($0.attributeName) }
        try CreateTableValidation.check(definition)
        return definition
    }

    /// Sets how the table is paid for, of its indexes too unless they say so themselves.
    private func override(_ definition: inout CreateTableInput) {
        if let throughput { definition.provisionedThroughput = throughput }
        if let onDemandThroughput { definition.onDemandThroughput = onDemandThroughput }
        guard let billingMode else { return }
        definition.billingMode = billingMode
        if billingMode == .payPerRequest {
            definition.provisionedThroughput = nil
        } else {
            definition.onDemandThroughput = nil
        }
        definition.globalSecondaryIndexes = definition.globalSecondaryIndexes?.map { index in
            var index = index
            if billingMode == .payPerRequest {
                index.provisionedThroughput = nil
            } else {
                index.onDemandThroughput = nil
                index.provisionedThroughput = index.provisionedThroughput ?? definition.provisionedThroughput
            }
            return index
        }
    }

    private func unknown(_ index: String) -> DynamoDBError {
        .validation("One or more parameter values were invalid: Index \(index) is not an index of the source table")
    }
}

extension GlobalSecondaryIndex {
    fileprivate func hasContents(of other: GlobalSecondaryIndex) -> Bool {
        indexName == other.indexName && keySchema == other.keySchema && projection == other.projection
    }
}
