package import DynamoDB

/// What a test double does not implement, it refuses.
extension DynamoDBAPI {
    private func refuse() -> DynamoDBError { .validation("not part of this double") }

    package func createTable(_ input: CreateTableInput) async throws -> CreateTableOutput { throw refuse() }
    package func describeTable(_ input: DescribeTableInput) async throws -> DescribeTableOutput { throw refuse() }
    package func listTables(_ input: ListTablesInput) async throws -> ListTablesOutput { throw refuse() }
    package func updateTable(_ input: UpdateTableInput) async throws -> UpdateTableOutput { throw refuse() }
    package func deleteTable(_ input: DeleteTableInput) async throws -> DeleteTableOutput { throw refuse() }
    package func tagResource(_ input: TagResourceInput) async throws -> TagResourceOutput { throw refuse() }
    package func untagResource(_ input: UntagResourceInput) async throws -> UntagResourceOutput { throw refuse() }
    package func listTagsOfResource(_ input: ListTagsOfResourceInput) async throws -> ListTagsOfResourceOutput {
        throw refuse()
    }
    package func describeLimits(_ input: DescribeLimitsInput) async throws -> DescribeLimitsOutput { throw refuse() }
    package func describeEndpoints(_ input: DescribeEndpointsInput) async throws -> DescribeEndpointsOutput {
        throw refuse()
    }
    package func putResourcePolicy(_ input: PutResourcePolicyInput) async throws -> PutResourcePolicyOutput {
        throw refuse()
    }
    package func getResourcePolicy(_ input: GetResourcePolicyInput) async throws -> GetResourcePolicyOutput {
        throw refuse()
    }
    package func deleteResourcePolicy(_ input: DeleteResourcePolicyInput) async throws -> DeleteResourcePolicyOutput {
        throw refuse()
    }
    package func updateTimeToLive(_ input: UpdateTimeToLiveInput) async throws -> UpdateTimeToLiveOutput {
        throw refuse()
    }
    package func describeTimeToLive(_ input: DescribeTimeToLiveInput) async throws -> DescribeTimeToLiveOutput {
        throw refuse()
    }
    package func getItem(_ input: GetItemInput) async throws -> GetItemOutput { throw refuse() }
    package func updateItem(_ input: UpdateItemInput) async throws -> UpdateItemOutput { throw refuse() }
    package func deleteItem(_ input: DeleteItemInput) async throws -> DeleteItemOutput { throw refuse() }
    package func batchGetItem(_ input: BatchGetItemInput) async throws -> BatchGetItemOutput { throw refuse() }
    package func transactWriteItems(_ input: TransactWriteItemsInput) async throws -> TransactWriteItemsOutput {
        throw refuse()
    }
    package func transactGetItems(_ input: TransactGetItemsInput) async throws -> TransactGetItemsOutput {
        throw refuse()
    }
    package func scan(_ input: ScanInput) async throws -> ScanOutput { throw refuse() }
    package func searchVectors(_ input: SearchVectorsInput) async throws -> SearchVectorsOutput { throw refuse() }
    package func createBackup(_ input: CreateBackupInput) async throws -> CreateBackupOutput { throw refuse() }
    package func describeBackup(_ input: DescribeBackupInput) async throws -> DescribeBackupOutput { throw refuse() }
    package func listBackups(_ input: ListBackupsInput) async throws -> ListBackupsOutput { throw refuse() }
    package func deleteBackup(_ input: DeleteBackupInput) async throws -> DeleteBackupOutput { throw refuse() }
    package func restoreTableFromBackup(_ input: RestoreTableFromBackupInput) async throws
        -> RestoreTableFromBackupOutput
    {
        throw refuse()
    }
    package func describeContinuousBackups(_ input: DescribeContinuousBackupsInput) async throws
        -> DescribeContinuousBackupsOutput
    { throw refuse() }
    package func updateContinuousBackups(_ input: UpdateContinuousBackupsInput) async throws
        -> UpdateContinuousBackupsOutput
    {
        throw refuse()
    }
    package func restoreTableToPointInTime(_ input: RestoreTableToPointInTimeInput) async throws
        -> RestoreTableToPointInTimeOutput
    { throw refuse() }
    package func listStreams(_ input: ListStreamsInput) async throws -> ListStreamsOutput { throw refuse() }
    package func describeStream(_ input: DescribeStreamInput) async throws -> DescribeStreamOutput { throw refuse() }
    package func getShardIterator(_ input: GetShardIteratorInput) async throws -> GetShardIteratorOutput {
        throw refuse()
    }
    package func getRecords(_ input: GetRecordsInput) async throws -> GetRecordsOutput { throw refuse() }
    package func executeStatement(_ input: ExecuteStatementInput) async throws -> ExecuteStatementOutput {
        throw refuse()
    }
    package func batchExecuteStatement(_ input: BatchExecuteStatementInput) async throws -> BatchExecuteStatementOutput
    {
        throw refuse()
    }
    package func executeTransaction(_ input: ExecuteTransactionInput) async throws -> ExecuteTransactionOutput {
        throw refuse()
    }
    package func describeContributorInsights(
        _ input: DescribeContributorInsightsInput
    ) async throws -> DescribeContributorInsightsOutput { throw refuse() }
    package func updateContributorInsights(
        _ input: UpdateContributorInsightsInput
    ) async throws -> UpdateContributorInsightsOutput { throw refuse() }
    package func listContributorInsights(_ input: ListContributorInsightsInput) async throws
        -> ListContributorInsightsOutput
    {
        throw refuse()
    }
    package func describeKinesisStreamingDestination(
        _ input: DescribeKinesisStreamingDestinationInput
    ) async throws -> DescribeKinesisStreamingDestinationOutput { throw refuse() }
    package func enableKinesisStreamingDestination(
        _ input: EnableKinesisStreamingDestinationInput
    ) async throws -> EnableKinesisStreamingDestinationOutput { throw refuse() }
    package func disableKinesisStreamingDestination(
        _ input: DisableKinesisStreamingDestinationInput
    ) async throws -> DisableKinesisStreamingDestinationOutput { throw refuse() }
    package func updateKinesisStreamingDestination(
        _ input: UpdateKinesisStreamingDestinationInput
    ) async throws -> UpdateKinesisStreamingDestinationOutput { throw refuse() }
    package func exportTableToPointInTime(
        _ input: ExportTableToPointInTimeInput
    ) async throws -> ExportTableToPointInTimeOutput { throw refuse() }
    package func describeExport(_ input: DescribeExportInput) async throws -> DescribeExportOutput { throw refuse() }
    package func listExports(_ input: ListExportsInput) async throws -> ListExportsOutput { throw refuse() }
    package func importTable(_ input: ImportTableInput) async throws -> ImportTableOutput { throw refuse() }
    package func describeImport(_ input: DescribeImportInput) async throws -> DescribeImportOutput { throw refuse() }
    package func listImports(_ input: ListImportsInput) async throws -> ListImportsOutput { throw refuse() }
    package func createGlobalTable(_ input: CreateGlobalTableInput) async throws -> CreateGlobalTableOutput {
        throw refuse()
    }
    package func describeGlobalTable(_ input: DescribeGlobalTableInput) async throws -> DescribeGlobalTableOutput {
        throw refuse()
    }
    package func listGlobalTables(_ input: ListGlobalTablesInput) async throws -> ListGlobalTablesOutput {
        throw refuse()
    }
    package func updateGlobalTable(_ input: UpdateGlobalTableInput) async throws -> UpdateGlobalTableOutput {
        throw refuse()
    }
    package func describeGlobalTableSettings(
        _ input: DescribeGlobalTableSettingsInput
    ) async throws -> DescribeGlobalTableSettingsOutput { throw refuse() }
    package func updateGlobalTableSettings(
        _ input: UpdateGlobalTableSettingsInput
    ) async throws -> UpdateGlobalTableSettingsOutput { throw refuse() }
    package func describeTableReplicaAutoScaling(
        _ input: DescribeTableReplicaAutoScalingInput
    ) async throws -> DescribeTableReplicaAutoScalingOutput { throw refuse() }
    package func updateTableReplicaAutoScaling(
        _ input: UpdateTableReplicaAutoScalingInput
    ) async throws -> UpdateTableReplicaAutoScalingOutput { throw refuse() }
}
