internal import DynamoDB
internal import DynamoDBEngine

/// The operations that the server knows.
enum Operations {
    /// All of them, by the value of the header `x-amz-target`.
    static let byTarget = Dictionary(
        uniqueKeysWithValues: zip(targets, 0...).map { target, number in (target.0, target.1.numbered(number)) })

    /// How many there are.
    static let count = targets.count
    /// Their names, by their numbers.
    static let names = targets.map(\.1.name)

    private static let targets = [(APIService.dynamoDB, ofTables), (.streams, ofStreams)].flatMap {
        service, operations in
        operations.map { (service.target($0.name), $0) }
    }

    private static let ofTables: [Operation] = [
        // Tables
        Operation("CreateTable", .control) { (engine: Engine, input: CreateTableInput) in
            try DynamoDBError.check(resourcePolicy: input.resourcePolicy)
            return try await engine.createTable(input)
        },
        Operation("DescribeTable", .control) { try await $0.describeTable($1) },
        Operation("ListTables", .control) { try await $0.listTables($1) },
        Operation("UpdateTable", .control) { try await $0.updateTable($1) },
        Operation("DeleteTable", .control) { try await $0.deleteTable($1) },
        // Tags, limits and policies
        Operation("TagResource", .control) { try await $0.tagResource($1) },
        Operation("UntagResource", .control) { try await $0.untagResource($1) },
        Operation("ListTagsOfResource", .control) { try await $0.listTagsOfResource($1) },
        Operation("DescribeLimits", .control) { try await $0.describeLimits($1) },
        Operation("DescribeEndpoints", .unfailing) { try await $0.describeEndpoints($1) },
        Operation("PutResourcePolicy", .control) { (engine: Engine, input: PutResourcePolicyInput) in
            try DynamoDBError.check(resourcePolicy: input.policy)
            return try await engine.putResourcePolicy(input)
        },
        Operation("GetResourcePolicy", .control) { try await $0.getResourcePolicy($1) },
        Operation("DeleteResourcePolicy", .control) { try await $0.deleteResourcePolicy($1) },

        // Time to live
        Operation("UpdateTimeToLive", .control) { try await $0.updateTimeToLive($1) },
        Operation("DescribeTimeToLive", .control) { try await $0.describeTimeToLive($1) },
        // Items
        Operation("PutItem", .write, on: { $0.tableName }) { try await $0.putItem($1) },
        Operation("GetItem", .item, on: { $0.tableName }) { try await $0.getItemDocument($1) },
        Operation("UpdateItem", .write, on: { $0.tableName }) { try await $0.updateItem($1) },
        Operation("DeleteItem", .write, on: { $0.tableName }) { try await $0.deleteItem($1) },
        // Batches
        Operation("BatchGetItem", .batch, on: { $0.requestItems.onlyTable }) { try await $0.batchGetItem($1) },
        Operation("BatchWriteItem", .writes, on: { $0.requestItems.onlyTable }) { try await $0.batchWriteItem($1) },
        // Transactions
        Operation("TransactWriteItems", .transaction) { try await $0.transactWriteItems($1) },
        Operation("TransactGetItems", .transaction) { try await $0.transactGetItems($1) },

        // Queries
        Operation("Query", .page, on: { $0.tableName }) { try await $0.queryDocument($1) },
        Operation("Scan", .page, on: { $0.tableName }) { try await $0.scanDocument($1) },
        Operation("SearchVectors", .search) { try await $0.searchVectors($1) },
        // PartiQL
        Operation("ExecuteStatement", .statement) { try await $0.executeStatement($1) },
        Operation("BatchExecuteStatement", .statements) { try await $0.batchExecuteStatement($1) },
        Operation("ExecuteTransaction", .transaction) { try await $0.executeTransaction($1) },

        // Backups
        Operation("CreateBackup", .control) { try await $0.createBackup($1) },
        Operation("DescribeBackup", .control) { try await $0.describeBackup($1) },
        Operation("ListBackups", .control) { try await $0.listBackups($1) },
        Operation("DeleteBackup", .control) { try await $0.deleteBackup($1) },
        Operation("RestoreTableFromBackup", .control) { try await $0.restoreTableFromBackup($1) },
        // Point-in-time recovery
        Operation("DescribeContinuousBackups", .control) { try await $0.describeContinuousBackups($1) },
        Operation("UpdateContinuousBackups", .control) { try await $0.updateContinuousBackups($1) },
        Operation("RestoreTableToPointInTime", .control) { try await $0.restoreTableToPointInTime($1) },

        // Contributor insights
        Operation("DescribeContributorInsights", .control) { try await $0.describeContributorInsights($1) },
        Operation("UpdateContributorInsights", .control) { try await $0.updateContributorInsights($1) },
        Operation("ListContributorInsights", .control) { try await $0.listContributorInsights($1) },
        // Kinesis
        Operation("DescribeKinesisStreamingDestination", .control) {
            try await $0.describeKinesisStreamingDestination($1)
        },
        Operation("EnableKinesisStreamingDestination", .control) { try await $0.enableKinesisStreamingDestination($1) },
        Operation("DisableKinesisStreamingDestination", .control) {
            try await $0.disableKinesisStreamingDestination($1)
        },
        Operation("UpdateKinesisStreamingDestination", .control) { try await $0.updateKinesisStreamingDestination($1) },
        // Exports and imports
        Operation("ExportTableToPointInTime", .control) { try await $0.exportTableToPointInTime($1) },
        Operation("DescribeExport", .control) { try await $0.describeExport($1) },
        Operation("ListExports", .control) { try await $0.listExports($1) },
        Operation("ImportTable", .unfailing) { try await $0.importTable($1) },
        Operation("DescribeImport", .unfailing) { try await $0.describeImport($1) },
        Operation("ListImports", .unfailing) { try await $0.listImports($1) },
        // Global tables
        Operation("CreateGlobalTable", .control) { try await $0.createGlobalTable($1) },
        Operation("DescribeGlobalTable", .control) { try await $0.describeGlobalTable($1) },
        Operation("ListGlobalTables", .control) { try await $0.listGlobalTables($1) },
        Operation("UpdateGlobalTable", .control) { try await $0.updateGlobalTable($1) },
        Operation("DescribeGlobalTableSettings", .control) { try await $0.describeGlobalTableSettings($1) },
        Operation("UpdateGlobalTableSettings", .control) { try await $0.updateGlobalTableSettings($1) },
        Operation("DescribeTableReplicaAutoScaling", .control) { try await $0.describeTableReplicaAutoScaling($1) },
        Operation("UpdateTableReplicaAutoScaling", .control) { try await $0.updateTableReplicaAutoScaling($1) },
    ]

    private static let ofStreams: [Operation] = [
        Operation("ListStreams", .control) { try await $0.listStreams($1) },
        Operation("DescribeStream", .control) { try await $0.describeStream($1) },
        Operation("GetShardIterator", .control) { try await $0.getShardIterator($1) },
        Operation("GetRecords", .records) { try await $0.getRecords($1) },
    ]
}

extension Dictionary where Key == String {
    /// The table of a batch; "" for one of several.
    fileprivate var onlyTable: String { count == 1 ? keys.first ?? "" : "" }
}
