internal import DynamoDB

/// What both kinds of restore let a table have otherwise than its source.
protocol RestoreRequest {
    var targetTableName: String { get }
    var billingModeOverride: BillingMode? { get }
    var globalSecondaryIndexOverride: [GlobalSecondaryIndex]? { get }
    var localSecondaryIndexOverride: [LocalSecondaryIndex]? { get }
    var vectorIndexOverride: [VectorIndex]? { get }
    var provisionedThroughputOverride: ProvisionedThroughput? { get }
    var onDemandThroughputOverride: OnDemandThroughput? { get }
    var sseSpecificationOverride: SSESpecification? { get }
}

extension RestoreTableFromBackupInput: RestoreRequest {}
extension RestoreTableToPointInTimeInput: RestoreRequest {}

extension RestoreRequest {
    /// The new table's definition. As on AWS it has no stream, no tags, no policy and no protection against deletion.
    ///
    /// - Throws: `ValidationException` for an index that the source does not have, and as CreateTable does.
    func definition(from source: CreateTableInput) throws(DynamoDBError) -> CreateTableInput {
        var definition = source
        definition.tableName = targetTableName
        definition.streamSpecification = nil
        definition.tags = nil
        definition.resourcePolicy = nil
        definition.deletionProtectionEnabled = nil
        if let sseSpecificationOverride { definition.sseSpecification = sseSpecificationOverride }
        if let localIndexes = localSecondaryIndexOverride {
            let known = source.localSecondaryIndexes ?? []
            for index in localIndexes where !known.contains(index) { throw unknown(index.indexName) }
            definition.localSecondaryIndexes = localIndexes.isEmpty ? nil : localIndexes
        }
        if let globalIndexes = globalSecondaryIndexOverride {
            let known = source.globalSecondaryIndexes ?? []
            for index in globalIndexes {
                guard known.contains(where: { $0.hasContents(of: index) }) else { throw unknown(index.indexName) }
            }
            definition.globalSecondaryIndexes = globalIndexes.isEmpty ? nil : globalIndexes
        }
        if let vectorIndexes = vectorIndexOverride {
            let known = source.vectorIndexes ?? []
            for index in vectorIndexes where !known.contains(index) { throw unknown(index.indexName) }
            definition.vectorIndexes = vectorIndexes.isEmpty ? nil : vectorIndexes
        }
        override(&definition)
        let used = StringSet(definition.keyAttributes)
        definition.attributeDefinitions.removeAll { !used.contains($0.attributeName) }
        try CreateTableValidation.check(definition)
        return definition
    }

    /// Sets how the table is paid for, of its indexes too unless they say so themselves.
    private func override(_ definition: inout CreateTableInput) {
        if let throughput = provisionedThroughputOverride { definition.provisionedThroughput = throughput }
        if let throughput = onDemandThroughputOverride { definition.onDemandThroughput = throughput }
        guard let billingMode = billingModeOverride else { return }
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
