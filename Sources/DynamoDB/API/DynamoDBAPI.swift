/// The DynamoDB API, operation by operation.
///
/// Two types implement it: `DynamoDBClient`, over signed HTTP to AWS or any compatible server, and
/// `DynamoDBEngine.Engine`, in process. Code written against `any DynamoDBAPI` runs on both.
/// Every operation throws ``DynamoDBError``.
public protocol DynamoDBAPI: Sendable {
    // MARK: Tables

    /// Creates a table; it can be used once its status is `ACTIVE`.
    func createTable(_ input: CreateTableInput) async throws -> CreateTableOutput
    /// Describes a table.
    func describeTable(_ input: DescribeTableInput) async throws -> DescribeTableOutput
    /// Lists the tables, page by page.
    func listTables(_ input: ListTablesInput) async throws -> ListTablesOutput
    /// Changes a table's settings, or adds or deletes one index.
    func updateTable(_ input: UpdateTableInput) async throws -> UpdateTableOutput
    /// Deletes a table and all its items.
    func deleteTable(_ input: DeleteTableInput) async throws -> DeleteTableOutput

    // MARK: Tags, limits and policies

    /// Adds labels to a table, or changes them.
    func tagResource(_ input: TagResourceInput) async throws -> TagResourceOutput
    /// Removes labels from a table.
    func untagResource(_ input: UntagResourceInput) async throws -> UntagResourceOutput
    /// Lists a table's labels, page by page.
    func listTagsOfResource(_ input: ListTagsOfResourceInput) async throws -> ListTagsOfResourceOutput
    /// Tells the quotas of the account.
    func describeLimits(_ input: DescribeLimitsInput) async throws -> DescribeLimitsOutput
    /// Tells the addresses at which the service answers.
    func describeEndpoints(_ input: DescribeEndpointsInput) async throws -> DescribeEndpointsOutput
    /// Attaches a resource-based policy to a table, in place of an older one.
    func putResourcePolicy(_ input: PutResourcePolicyInput) async throws -> PutResourcePolicyOutput
    /// Returns a table's resource-based policy.
    func getResourcePolicy(_ input: GetResourcePolicyInput) async throws -> GetResourcePolicyOutput
    /// Removes a table's resource-based policy.
    func deleteResourcePolicy(_ input: DeleteResourcePolicyInput) async throws -> DeleteResourcePolicyOutput

    // MARK: Time to live

    /// Turns expiry of items on or off.
    func updateTimeToLive(_ input: UpdateTimeToLiveInput) async throws -> UpdateTimeToLiveOutput
    /// Tells a table's state of expiry.
    func describeTimeToLive(_ input: DescribeTimeToLiveInput) async throws -> DescribeTimeToLiveOutput

    // MARK: Items

    /// Writes a whole item, replacing one of the same key.
    func putItem(_ input: PutItemInput) async throws -> PutItemOutput
    /// Reads an item by its key.
    func getItem(_ input: GetItemInput) async throws -> GetItemOutput
    /// Changes attributes of an item, or creates it.
    func updateItem(_ input: UpdateItemInput) async throws -> UpdateItemOutput
    /// Deletes an item by its key.
    func deleteItem(_ input: DeleteItemInput) async throws -> DeleteItemOutput

    // MARK: Batches

    /// Reads items of any tables by their keys.
    func batchGetItem(_ input: BatchGetItemInput) async throws -> BatchGetItemOutput
    /// Puts and deletes up to 25 items; not a transaction.
    func batchWriteItem(_ input: BatchWriteItemInput) async throws -> BatchWriteItemOutput

    // MARK: Transactions

    /// Changes items of any tables, all or none.
    func transactWriteItems(_ input: TransactWriteItemsInput) async throws -> TransactWriteItemsOutput
    /// Reads items of any tables as they are at one moment.
    func transactGetItems(_ input: TransactGetItemsInput) async throws -> TransactGetItemsOutput

    // MARK: Queries

    /// Reads items of one partition key, in order of the sort key.
    func query(_ input: QueryInput) async throws -> QueryOutput
    /// Reads a table or an index from end to end.
    func scan(_ input: ScanInput) async throws -> ScanOutput
    /// Finds the items whose vectors are the nearest to a given one.
    func searchVectors(_ input: SearchVectorsInput) async throws -> SearchVectorsOutput

    // MARK: PartiQL

    /// Runs one PartiQL statement.
    func executeStatement(_ input: ExecuteStatementInput) async throws -> ExecuteStatementOutput
    /// Runs up to 25 PartiQL statements, each on its own; not a transaction.
    func batchExecuteStatement(_ input: BatchExecuteStatementInput) async throws -> BatchExecuteStatementOutput
    /// Runs up to 100 PartiQL statements, all or none.
    func executeTransaction(_ input: ExecuteTransactionInput) async throws -> ExecuteTransactionOutput

    // MARK: Contributor insights

    /// Tells whether CloudWatch Contributor Insights counts the keys of a table or an index.
    func describeContributorInsights(
        _ input: DescribeContributorInsightsInput
    ) async throws -> DescribeContributorInsightsOutput
    /// Turns CloudWatch Contributor Insights on or off for a table or an index.
    func updateContributorInsights(
        _ input: UpdateContributorInsightsInput
    ) async throws -> UpdateContributorInsightsOutput
    /// Lists the tables and indexes whose keys Contributor Insights counts, page by page.
    func listContributorInsights(_ input: ListContributorInsightsInput) async throws -> ListContributorInsightsOutput

    // MARK: Kinesis

    /// Lists the Kinesis streams that get the changes of a table.
    func describeKinesisStreamingDestination(
        _ input: DescribeKinesisStreamingDestinationInput
    ) async throws -> DescribeKinesisStreamingDestinationOutput
    /// Writes the changes of a table to a Kinesis stream.
    func enableKinesisStreamingDestination(
        _ input: EnableKinesisStreamingDestinationInput
    ) async throws -> EnableKinesisStreamingDestinationOutput
    /// Ends writing the changes of a table to a Kinesis stream.
    func disableKinesisStreamingDestination(
        _ input: DisableKinesisStreamingDestinationInput
    ) async throws -> DisableKinesisStreamingDestinationOutput
    /// Changes how a table's changes are written to a Kinesis stream.
    func updateKinesisStreamingDestination(
        _ input: UpdateKinesisStreamingDestinationInput
    ) async throws -> UpdateKinesisStreamingDestinationOutput

    // MARK: Exports and imports

    /// Exports a table, or its changes, to S3.
    func exportTableToPointInTime(_ input: ExportTableToPointInTimeInput) async throws -> ExportTableToPointInTimeOutput
    /// Describes an export.
    func describeExport(_ input: DescribeExportInput) async throws -> DescribeExportOutput
    /// Lists exports, page by page.
    func listExports(_ input: ListExportsInput) async throws -> ListExportsOutput
    /// Makes a table of files in S3.
    func importTable(_ input: ImportTableInput) async throws -> ImportTableOutput
    /// Describes an import.
    func describeImport(_ input: DescribeImportInput) async throws -> DescribeImportOutput
    /// Lists imports, page by page.
    func listImports(_ input: ListImportsInput) async throws -> ListImportsOutput

    // MARK: Global tables

    /// Makes a global table of the older version, 2017.11.29.
    func createGlobalTable(_ input: CreateGlobalTableInput) async throws -> CreateGlobalTableOutput
    /// Describes a global table of the older version.
    func describeGlobalTable(_ input: DescribeGlobalTableInput) async throws -> DescribeGlobalTableOutput
    /// Lists global tables of the older version, page by page.
    func listGlobalTables(_ input: ListGlobalTablesInput) async throws -> ListGlobalTablesOutput
    /// Adds replicas to a global table of the older version, or removes them.
    func updateGlobalTable(_ input: UpdateGlobalTableInput) async throws -> UpdateGlobalTableOutput
    /// Describes the settings of a global table of the older version.
    func describeGlobalTableSettings(
        _ input: DescribeGlobalTableSettingsInput
    ) async throws -> DescribeGlobalTableSettingsOutput
    /// Changes the settings of a global table of the older version.
    func updateGlobalTableSettings(
        _ input: UpdateGlobalTableSettingsInput
    ) async throws -> UpdateGlobalTableSettingsOutput
    /// Tells how the capacity of a table's replicas follows the load.
    func describeTableReplicaAutoScaling(
        _ input: DescribeTableReplicaAutoScalingInput
    ) async throws -> DescribeTableReplicaAutoScalingOutput
    /// Changes how the capacity of a table's replicas follows the load.
    func updateTableReplicaAutoScaling(
        _ input: UpdateTableReplicaAutoScalingInput
    ) async throws -> UpdateTableReplicaAutoScalingOutput

    // MARK: Streams

    /// Lists the streams of one table or of all, page by page.
    func listStreams(_ input: ListStreamsInput) async throws -> ListStreamsOutput
    /// Describes a stream and its shards.
    func describeStream(_ input: DescribeStreamInput) async throws -> DescribeStreamOutput
    /// Gives a place in a shard to read from.
    func getShardIterator(_ input: GetShardIteratorInput) async throws -> GetShardIteratorOutput
    /// Reads changes from a shard.
    func getRecords(_ input: GetRecordsInput) async throws -> GetRecordsOutput

    // MARK: Backups

    /// Backs a table up.
    func createBackup(_ input: CreateBackupInput) async throws -> CreateBackupOutput
    /// Describes a backup.
    func describeBackup(_ input: DescribeBackupInput) async throws -> DescribeBackupOutput
    /// Lists backups, page by page.
    func listBackups(_ input: ListBackupsInput) async throws -> ListBackupsOutput
    /// Deletes a backup.
    func deleteBackup(_ input: DeleteBackupInput) async throws -> DeleteBackupOutput
    /// Makes a table of a backup.
    func restoreTableFromBackup(_ input: RestoreTableFromBackupInput) async throws -> RestoreTableFromBackupOutput

    // MARK: Point-in-time recovery

    /// Tells the state of point-in-time recovery.
    func describeContinuousBackups(_ input: DescribeContinuousBackupsInput) async throws
        -> DescribeContinuousBackupsOutput
    /// Turns point-in-time recovery on or off.
    func updateContinuousBackups(_ input: UpdateContinuousBackupsInput) async throws -> UpdateContinuousBackupsOutput
    /// Makes a table of what another was at some moment.
    func restoreTableToPointInTime(_ input: RestoreTableToPointInTimeInput) async throws
        -> RestoreTableToPointInTimeOutput
}
