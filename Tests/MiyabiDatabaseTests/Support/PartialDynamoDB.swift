import DynamoDB

/// What a test double does not implement, it refuses.
extension DynamoDBAPI {
    private func refuse() -> DynamoDBError { .validation("not part of this double") }

    func createTable(_ input: CreateTableInput) async throws -> CreateTableOutput { throw refuse() }
    func describeTable(_ input: DescribeTableInput) async throws -> DescribeTableOutput { throw refuse() }
    func listTables(_ input: ListTablesInput) async throws -> ListTablesOutput { throw refuse() }
    func updateTable(_ input: UpdateTableInput) async throws -> UpdateTableOutput { throw refuse() }
    func deleteTable(_ input: DeleteTableInput) async throws -> DeleteTableOutput { throw refuse() }
    func tagResource(_ input: TagResourceInput) async throws -> TagResourceOutput { throw refuse() }
    func untagResource(_ input: UntagResourceInput) async throws -> UntagResourceOutput { throw refuse() }
    func listTagsOfResource(_ input: ListTagsOfResourceInput) async throws -> ListTagsOfResourceOutput {
        throw refuse()
    }
    func describeLimits(_ input: DescribeLimitsInput) async throws -> DescribeLimitsOutput { throw refuse() }
    func describeEndpoints(_ input: DescribeEndpointsInput) async throws -> DescribeEndpointsOutput { throw refuse() }
    func putResourcePolicy(_ input: PutResourcePolicyInput) async throws -> PutResourcePolicyOutput { throw refuse() }
    func getResourcePolicy(_ input: GetResourcePolicyInput) async throws -> GetResourcePolicyOutput { throw refuse() }
    func deleteResourcePolicy(_ input: DeleteResourcePolicyInput) async throws -> DeleteResourcePolicyOutput {
        throw refuse()
    }
    func updateTimeToLive(_ input: UpdateTimeToLiveInput) async throws -> UpdateTimeToLiveOutput { throw refuse() }
    func describeTimeToLive(_ input: DescribeTimeToLiveInput) async throws -> DescribeTimeToLiveOutput {
        throw refuse()
    }
    func getItem(_ input: GetItemInput) async throws -> GetItemOutput { throw refuse() }
    func updateItem(_ input: UpdateItemInput) async throws -> UpdateItemOutput { throw refuse() }
    func deleteItem(_ input: DeleteItemInput) async throws -> DeleteItemOutput { throw refuse() }
    func batchGetItem(_ input: BatchGetItemInput) async throws -> BatchGetItemOutput { throw refuse() }
    func transactWriteItems(_ input: TransactWriteItemsInput) async throws -> TransactWriteItemsOutput {
        throw refuse()
    }
    func transactGetItems(_ input: TransactGetItemsInput) async throws -> TransactGetItemsOutput { throw refuse() }
    func scan(_ input: ScanInput) async throws -> ScanOutput { throw refuse() }
    func createBackup(_ input: CreateBackupInput) async throws -> CreateBackupOutput { throw refuse() }
    func describeBackup(_ input: DescribeBackupInput) async throws -> DescribeBackupOutput { throw refuse() }
    func listBackups(_ input: ListBackupsInput) async throws -> ListBackupsOutput { throw refuse() }
    func deleteBackup(_ input: DeleteBackupInput) async throws -> DeleteBackupOutput { throw refuse() }
    func restoreTableFromBackup(_ input: RestoreTableFromBackupInput) async throws -> RestoreTableFromBackupOutput {
        throw refuse()
    }
    func describeContinuousBackups(_ input: DescribeContinuousBackupsInput) async throws
        -> DescribeContinuousBackupsOutput
    { throw refuse() }
    func updateContinuousBackups(_ input: UpdateContinuousBackupsInput) async throws -> UpdateContinuousBackupsOutput {
        throw refuse()
    }
    func restoreTableToPointInTime(_ input: RestoreTableToPointInTimeInput) async throws
        -> RestoreTableToPointInTimeOutput
    { throw refuse() }
    func listStreams(_ input: ListStreamsInput) async throws -> ListStreamsOutput { throw refuse() }
    func describeStream(_ input: DescribeStreamInput) async throws -> DescribeStreamOutput { throw refuse() }
    func getShardIterator(_ input: GetShardIteratorInput) async throws -> GetShardIteratorOutput { throw refuse() }
    func getRecords(_ input: GetRecordsInput) async throws -> GetRecordsOutput { throw refuse() }
    func executeStatement(_ input: ExecuteStatementInput) async throws -> ExecuteStatementOutput { throw refuse() }
    func batchExecuteStatement(_ input: BatchExecuteStatementInput) async throws -> BatchExecuteStatementOutput {
        throw refuse()
    }
    func executeTransaction(_ input: ExecuteTransactionInput) async throws -> ExecuteTransactionOutput {
        throw refuse()
    }
    func describeContributorInsights(
        _ input: DescribeContributorInsightsInput
    ) async throws -> DescribeContributorInsightsOutput { throw refuse() }
    func updateContributorInsights(
        _ input: UpdateContributorInsightsInput
    ) async throws -> UpdateContributorInsightsOutput { throw refuse() }
    func listContributorInsights(_ input: ListContributorInsightsInput) async throws -> ListContributorInsightsOutput {
        throw refuse()
    }
    func describeKinesisStreamingDestination(
        _ input: DescribeKinesisStreamingDestinationInput
    ) async throws -> DescribeKinesisStreamingDestinationOutput { throw refuse() }
    func enableKinesisStreamingDestination(
        _ input: EnableKinesisStreamingDestinationInput
    ) async throws -> EnableKinesisStreamingDestinationOutput { throw refuse() }
    func disableKinesisStreamingDestination(
        _ input: DisableKinesisStreamingDestinationInput
    ) async throws -> DisableKinesisStreamingDestinationOutput { throw refuse() }
    func updateKinesisStreamingDestination(
        _ input: UpdateKinesisStreamingDestinationInput
    ) async throws -> UpdateKinesisStreamingDestinationOutput { throw refuse() }
    func exportTableToPointInTime(
        _ input: ExportTableToPointInTimeInput
    ) async throws -> ExportTableToPointInTimeOutput { throw refuse() }
    func describeExport(_ input: DescribeExportInput) async throws -> DescribeExportOutput { throw refuse() }
    func listExports(_ input: ListExportsInput) async throws -> ListExportsOutput { throw refuse() }
    func importTable(_ input: ImportTableInput) async throws -> ImportTableOutput { throw refuse() }
    func describeImport(_ input: DescribeImportInput) async throws -> DescribeImportOutput { throw refuse() }
    func listImports(_ input: ListImportsInput) async throws -> ListImportsOutput { throw refuse() }
    func createGlobalTable(_ input: CreateGlobalTableInput) async throws -> CreateGlobalTableOutput { throw refuse() }
    func describeGlobalTable(_ input: DescribeGlobalTableInput) async throws -> DescribeGlobalTableOutput {
        throw refuse()
    }
    func listGlobalTables(_ input: ListGlobalTablesInput) async throws -> ListGlobalTablesOutput { throw refuse() }
    func updateGlobalTable(_ input: UpdateGlobalTableInput) async throws -> UpdateGlobalTableOutput { throw refuse() }
    func describeGlobalTableSettings(
        _ input: DescribeGlobalTableSettingsInput
    ) async throws -> DescribeGlobalTableSettingsOutput { throw refuse() }
    func updateGlobalTableSettings(
        _ input: UpdateGlobalTableSettingsInput
    ) async throws -> UpdateGlobalTableSettingsOutput { throw refuse() }
    func describeTableReplicaAutoScaling(
        _ input: DescribeTableReplicaAutoScalingInput
    ) async throws -> DescribeTableReplicaAutoScalingOutput { throw refuse() }
    func updateTableReplicaAutoScaling(
        _ input: UpdateTableReplicaAutoScalingInput
    ) async throws -> UpdateTableReplicaAutoScalingOutput { throw refuse() }
}
