internal import DynamoDB

extension TableDescription {
    /// What DescribeTable tells of a table.
    ///
    /// - Parameters:
    ///   - time: now, in seconds since 1970.
    ///   - isEncrypted: whether the directory's files are.
    init(_ table: Table, region: String, at time: Double, isEncrypted: Bool) {
        let record = table.record
        let definition = record.definition
        let arn = TableARN(table.name, region: region).text
        self.init(tableName: table.name, tableStatus: record.status)
        attributeDefinitions = definition.attributeDefinitions.sorted { $0.attributeName.precedes($1.attributeName) }
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
        vectorIndexes = definition.vectorIndexes?.map { index in VectorIndexDescription(index, of: table, arn) }
        restoreSummary = record.restore?.summary(inProgress: record.status == .creating, region: region)
        streamSpecification = record.openStream.map {
            StreamSpecification(streamEnabled: true, streamViewType: $0.view)
        }
        latestStreamLabel = record.streams.last?.label
        latestStreamArn = record.streams.last?.arn(in: table.name, region: region)
        sseDescription = SSEDescription(definition.sseSpecification, isEncrypted: isEncrypted)
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

extension TableDescription {
    /// What DeleteTable tells of the table that it deletes: neither keys nor indexes.
    init(ofDeleted table: Table, region: String, at time: Double) {
        // Of encryption nothing is told.
        let whole = TableDescription(table, region: region, at: time, isEncrypted: false)
        self.init(tableName: whole.tableName, tableStatus: .deleting)
        provisionedThroughput = whole.provisionedThroughput
        tableSizeBytes = whole.tableSizeBytes
        itemCount = whole.itemCount
        tableArn = whole.tableArn
        tableId = whole.tableId
        billingModeSummary = whole.billingModeSummary
        deletionProtectionEnabled = whole.deletionProtectionEnabled
    }
}

extension LocalSecondaryIndexDescription {
    fileprivate init(_ index: LocalSecondaryIndex, of table: Table, _ arn: String) {
        let tally = table.index(named: index.indexName)?.tally
        self.init(
            indexName: index.indexName, keySchema: index.keySchema, projection: index.projection.described,
            indexSizeBytes: tally?.bytes, itemCount: tally?.items, indexArn: "\(arn)/index/\(index.indexName)")
    }
}

extension VectorIndexDescription {
    fileprivate init(_ index: VectorIndex, of table: Table, _ arn: String) {
        let record = table.record
        let tally = table.index(named: index.indexName)?.tally
        let isBackfilling = record.backfills.contains(index.indexName)
        self.init(
            indexName: index.indexName, searchSchema: index.searchSchema, projection: index.projection.described,
            vectorAttribute: index.vectorAttribute, dimensions: index.dimensions,
            distanceFunction: index.distanceFunction, indexStatus: isBackfilling ? .creating : .active,
            backfilling: isBackfilling ? record.status == .active : nil, indexSizeBytes: tally?.bytes,
            itemCount: tally?.items, indexArn: "\(arn)/index/\(index.indexName)")
    }
}

extension Projection {
    /// With the names in their order, as AWS describes it.
    fileprivate var described: Projection {
        Projection(
            projectionType: projectionType, nonKeyAttributes: nonKeyAttributes?.sorted { $0.precedes($1) })
    }
}

extension String {
    fileprivate func precedes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}

extension GlobalSecondaryIndexDescription {
    fileprivate init(_ index: GlobalSecondaryIndex, of table: Table, _ arn: String, at time: Double) {
        let record = table.record
        let tally = table.index(named: index.indexName)?.tally
        let isBackfilling = record.backfills.contains(index.indexName)
        self.init(
            indexName: index.indexName, keySchema: index.keySchema, projection: index.projection.described,
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
