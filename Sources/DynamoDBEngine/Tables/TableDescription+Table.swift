internal import DynamoDB

extension TableDescription {
    /// What DescribeTable tells of a table.
    init(_ table: Table, region: String) {
        let definition = table.record.definition
        let arn = "arn:aws:dynamodb:\(region):000000000000:table/\(table.name)"
        let tallies = Dictionary(uniqueKeysWithValues: table.indexes.map { ($0.name, $0.tally) })
        self.init(tableName: table.name, tableStatus: .active)
        attributeDefinitions = definition.attributeDefinitions
        keySchema = definition.keySchema
        creationDateTime = table.record.creation
        provisionedThroughput = ProvisionedThroughputDescription(definition.provisionedThroughput)
        tableSizeBytes = table.tally.bytes
        itemCount = table.tally.items
        tableArn = arn
        tableId = table.record.uuid
        if definition.billingMode == .payPerRequest {
            billingModeSummary = BillingModeSummary(
                billingMode: .payPerRequest, lastUpdateToPayPerRequestDateTime: table.record.creation)
        }
        localSecondaryIndexes = definition.localSecondaryIndexes?.map { index in
            LocalSecondaryIndexDescription(
                indexName: index.indexName, keySchema: index.keySchema, projection: index.projection,
                indexSizeBytes: tallies[index.indexName]?.bytes, itemCount: tallies[index.indexName]?.items,
                indexArn: "\(arn)/index/\(index.indexName)")
        }
        globalSecondaryIndexes = definition.globalSecondaryIndexes?.map { index in
            GlobalSecondaryIndexDescription(
                indexName: index.indexName, keySchema: index.keySchema, projection: index.projection,
                indexStatus: .active,
                provisionedThroughput: ProvisionedThroughputDescription(index.provisionedThroughput),
                indexSizeBytes: tallies[index.indexName]?.bytes, itemCount: tallies[index.indexName]?.items,
                indexArn: "\(arn)/index/\(index.indexName)")
        }
        tableClassSummary = definition.tableClass.map { TableClassSummary(tableClass: $0) }
        deletionProtectionEnabled = definition.deletionProtectionEnabled ?? false
    }
}

extension ProvisionedThroughputDescription {
    /// AWS describes a table without provisioned throughput as one of zero units.
    fileprivate init(_ throughput: ProvisionedThroughput?) {
        self.init(
            numberOfDecreasesToday: 0, readCapacityUnits: throughput?.readCapacityUnits ?? 0,
            writeCapacityUnits: throughput?.writeCapacityUnits ?? 0)
    }
}
