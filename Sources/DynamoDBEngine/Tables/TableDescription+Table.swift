internal import DynamoDB

extension TableDescription {
    /// What DescribeTable tells of a table.
    ///
    /// - Parameter time: now, in seconds since 1970.
    init(_ table: Table, region: String, at time: Double) {
        let record = table.record
        let definition = record.definition
        let arn = TableARN(table.name, region: region).text
        self.init(tableName: table.name, tableStatus: record.status)
        attributeDefinitions = definition.attributeDefinitions
        keySchema = definition.keySchema
        creationDateTime = record.creation
        provisionedThroughput = ProvisionedThroughputDescription(
            definition.provisionedThroughput, record.history.capacity, at: time)
        tableSizeBytes = table.tally.bytes
        itemCount = table.tally.items
        tableArn = arn
        tableId = record.uuid
        billingModeSummary = BillingModeSummary(record)
        localSecondaryIndexes = definition.localSecondaryIndexes?.map { index in
            LocalSecondaryIndexDescription(index, of: table, arn)
        }
        globalSecondaryIndexes = definition.globalSecondaryIndexes?.map { index in
            GlobalSecondaryIndexDescription(index, of: table, arn, at: time)
        }
        restoreSummary = record.restore?.summary(inProgress: record.status == .creating)
        streamSpecification = record.openStream.map {
            StreamSpecification(streamEnabled: true, streamViewType: $0.view)
        }
        latestStreamLabel = record.streams.last?.label
        latestStreamArn = record.streams.last?.arn(in: table.name, region: region)
        sseDescription = SSEDescription(definition.sseSpecification, of: table, region: region)
        tableClassSummary = definition.tableClass.map {
            TableClassSummary(tableClass: $0, lastUpdateDateTime: record.history.tableClass)
        }
        deletionProtectionEnabled = definition.deletionProtectionEnabled ?? false
        onDemandThroughput = definition.onDemandThroughput
        let warm = WarmThroughput(definition.warmThroughput, atLeast: definition.provisionedThroughput)
        warmThroughput = TableWarmThroughputDescription(
            readUnitsPerSecond: warm.readUnitsPerSecond, writeUnitsPerSecond: warm.writeUnitsPerSecond, status: .active)
    }
}

extension LocalSecondaryIndexDescription {
    fileprivate init(_ index: LocalSecondaryIndex, of table: Table, _ arn: String) {
        let tally = table.index(named: index.indexName)?.tally
        self.init(
            indexName: index.indexName, keySchema: index.keySchema, projection: index.projection,
            indexSizeBytes: tally?.bytes, itemCount: tally?.items, indexArn: "\(arn)/index/\(index.indexName)")
    }
}

extension GlobalSecondaryIndexDescription {
    fileprivate init(_ index: GlobalSecondaryIndex, of table: Table, _ arn: String, at time: Double) {
        let record = table.record
        let tally = table.index(named: index.indexName)?.tally
        let isBackfilling = record.backfills.contains(index.indexName)
        self.init(
            indexName: index.indexName, keySchema: index.keySchema, projection: index.projection,
            indexStatus: isBackfilling ? .creating : .active,
            backfilling: isBackfilling ? record.status == .active : nil,
            provisionedThroughput: ProvisionedThroughputDescription(
                index.provisionedThroughput, record.history.indexCapacity[index.indexName] ?? .init(),
                at: time),
            indexSizeBytes: tally?.bytes, itemCount: tally?.items, indexArn: "\(arn)/index/\(index.indexName)",
            onDemandThroughput: index.onDemandThroughput)
        let warm = WarmThroughput(index.warmThroughput, atLeast: index.provisionedThroughput)
        warmThroughput = GlobalSecondaryIndexWarmThroughputDescription(
            readUnitsPerSecond: warm.readUnitsPerSecond, writeUnitsPerSecond: warm.writeUnitsPerSecond, status: .active)
    }
}
