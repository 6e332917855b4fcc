import FoundationEssentials

/// Each operation of the API is one request.
extension DynamoDBClient {
    /// Creates a table; it can be used once its status is `ACTIVE`.
    public func createTable(_ input: CreateTableInput) async throws -> CreateTableOutput {
        try await send("CreateTable", input, table: input.tableName)
    }

    /// Describes a table.
    public func describeTable(_ input: DescribeTableInput) async throws -> DescribeTableOutput {
        try await send("DescribeTable", input, table: input.tableName)
    }

    /// Lists the tables, page by page.
    public func listTables(_ input: ListTablesInput) async throws -> ListTablesOutput {
        try await send("ListTables", input)
    }

    /// Changes a table's settings, or adds or deletes one global secondary index.
    public func updateTable(_ input: UpdateTableInput) async throws -> UpdateTableOutput {
        try await send("UpdateTable", input, table: input.tableName)
    }

    /// Deletes a table and all its items.
    public func deleteTable(_ input: DeleteTableInput) async throws -> DeleteTableOutput {
        try await send("DeleteTable", input, table: input.tableName)
    }

    // MARK: Tags, limits and policies

    /// Adds labels to a table, or changes them.
    public func tagResource(_ input: TagResourceInput) async throws -> TagResourceOutput {
        try await send("TagResource", input)
    }

    /// Removes labels from a table.
    public func untagResource(_ input: UntagResourceInput) async throws -> UntagResourceOutput {
        try await send("UntagResource", input)
    }

    /// Lists a table's labels, page by page.
    public func listTagsOfResource(_ input: ListTagsOfResourceInput) async throws -> ListTagsOfResourceOutput {
        try await send("ListTagsOfResource", input)
    }

    /// Tells the quotas of the account.
    public func describeLimits(_ input: DescribeLimitsInput) async throws -> DescribeLimitsOutput {
        try await send("DescribeLimits", input)
    }

    /// Tells the addresses at which the service answers.
    public func describeEndpoints(_ input: DescribeEndpointsInput) async throws -> DescribeEndpointsOutput {
        try await send("DescribeEndpoints", input)
    }

    /// Attaches a resource-based policy to a table, in place of an older one.
    public func putResourcePolicy(_ input: PutResourcePolicyInput) async throws -> PutResourcePolicyOutput {
        try await send("PutResourcePolicy", input)
    }

    /// Returns a table's resource-based policy.
    public func getResourcePolicy(_ input: GetResourcePolicyInput) async throws -> GetResourcePolicyOutput {
        try await send("GetResourcePolicy", input)
    }

    /// Removes a table's resource-based policy.
    public func deleteResourcePolicy(_ input: DeleteResourcePolicyInput) async throws -> DeleteResourcePolicyOutput {
        try await send("DeleteResourcePolicy", input)
    }

    // MARK: Time to live

    /// Turns expiry of items on or off.
    public func updateTimeToLive(_ input: UpdateTimeToLiveInput) async throws -> UpdateTimeToLiveOutput {
        try await send("UpdateTimeToLive", input, table: input.tableName)
    }

    /// Tells a table's state of expiry.
    public func describeTimeToLive(_ input: DescribeTimeToLiveInput) async throws -> DescribeTimeToLiveOutput {
        try await send("DescribeTimeToLive", input, table: input.tableName)
    }

    // MARK: Items

    /// Writes a whole item.
    public func putItem(_ input: PutItemInput) async throws -> PutItemOutput {
        try await send("PutItem", input, table: input.tableName)
    }

    /// Reads an item by its key.
    public func getItem(_ input: GetItemInput) async throws -> GetItemOutput {
        try await send("GetItem", input, table: input.tableName)
    }

    /// Changes attributes of an item, or creates it.
    public func updateItem(_ input: UpdateItemInput) async throws -> UpdateItemOutput {
        try await send("UpdateItem", input, table: input.tableName)
    }

    /// Deletes an item by its key.
    public func deleteItem(_ input: DeleteItemInput) async throws -> DeleteItemOutput {
        try await send("DeleteItem", input, table: input.tableName)
    }

    // MARK: Batches

    /// Reads items of any tables by their keys.
    public func batchGetItem(_ input: BatchGetItemInput) async throws -> BatchGetItemOutput {
        try await send("BatchGetItem", input)
    }

    /// Puts and deletes up to 25 items.
    public func batchWriteItem(_ input: BatchWriteItemInput) async throws -> BatchWriteItemOutput {
        try await send("BatchWriteItem", input)
    }

    // MARK: Transactions

    /// Changes items of any tables, all or none.
    public func transactWriteItems(_ input: TransactWriteItemsInput) async throws -> TransactWriteItemsOutput {
        // Made once for all attempts, so that a retry after a lost answer does not do the work twice.
        var input = input
        input.clientRequestToken = input.clientRequestToken ?? UUID().uuidString
        return try await send("TransactWriteItems", input)
    }

    /// Reads items of any tables as they are at one moment.
    public func transactGetItems(_ input: TransactGetItemsInput) async throws -> TransactGetItemsOutput {
        try await send("TransactGetItems", input)
    }

    // MARK: Queries

    /// Reads items of one partition key.
    public func query(_ input: QueryInput) async throws -> QueryOutput {
        try await send("Query", input, table: input.tableName)
    }

    /// Reads a table or an index from end to end.
    public func scan(_ input: ScanInput) async throws -> ScanOutput {
        try await send("Scan", input, table: input.tableName)
    }

    /// Finds the items whose vectors are the nearest to a given one.
    ///
    /// AWS answers searches at an address of their own, which ``DynamoDBClientConfiguration`` must then name.
    public func searchVectors(_ input: SearchVectorsInput) async throws -> SearchVectorsOutput {
        try await send("SearchVectors", input, table: input.tableName)
    }

    // MARK: PartiQL

    /// Runs one PartiQL statement.
    public func executeStatement(_ input: ExecuteStatementInput) async throws -> ExecuteStatementOutput {
        try await send("ExecuteStatement", input)
    }

    /// Runs up to 25 PartiQL statements, each on its own.
    public func batchExecuteStatement(_ input: BatchExecuteStatementInput) async throws -> BatchExecuteStatementOutput {
        try await send("BatchExecuteStatement", input)
    }

    /// Runs up to 100 PartiQL statements, all or none.
    public func executeTransaction(_ input: ExecuteTransactionInput) async throws -> ExecuteTransactionOutput {
        // Made once for all attempts, so that a retry after a lost answer does not do the work twice.
        var input = input
        input.clientRequestToken = input.clientRequestToken ?? UUID().uuidString
        return try await send("ExecuteTransaction", input)
    }

    // MARK: Streams

    /// Lists the streams of one table or of all, page by page.
    public func listStreams(_ input: ListStreamsInput) async throws -> ListStreamsOutput {
        try await send("ListStreams", of: .streams, input, table: input.tableName)
    }

    /// Describes a stream and its shards.
    public func describeStream(_ input: DescribeStreamInput) async throws -> DescribeStreamOutput {
        try await send("DescribeStream", of: .streams, input, table: input.streamArn)
    }

    /// Gives a place in a shard to read from.
    public func getShardIterator(_ input: GetShardIteratorInput) async throws -> GetShardIteratorOutput {
        try await send("GetShardIterator", of: .streams, input, table: input.streamArn)
    }

    /// Reads changes from a shard.
    public func getRecords(_ input: GetRecordsInput) async throws -> GetRecordsOutput {
        try await send("GetRecords", of: .streams, input)
    }

    // MARK: Backups

    /// Backs a table up.
    public func createBackup(_ input: CreateBackupInput) async throws -> CreateBackupOutput {
        try await send("CreateBackup", input, table: input.tableName)
    }

    /// Describes a backup.
    public func describeBackup(_ input: DescribeBackupInput) async throws -> DescribeBackupOutput {
        try await send("DescribeBackup", input)
    }

    /// Lists backups, page by page.
    public func listBackups(_ input: ListBackupsInput) async throws -> ListBackupsOutput {
        try await send("ListBackups", input, table: input.tableName)
    }

    /// Deletes a backup.
    public func deleteBackup(_ input: DeleteBackupInput) async throws -> DeleteBackupOutput {
        try await send("DeleteBackup", input)
    }

    /// Makes a table of a backup.
    public func restoreTableFromBackup(_ input: RestoreTableFromBackupInput) async throws
        -> RestoreTableFromBackupOutput
    {
        try await send("RestoreTableFromBackup", input, table: input.targetTableName)
    }

    // MARK: Point-in-time recovery

    /// Tells the state of point-in-time recovery.
    public func describeContinuousBackups(_ input: DescribeContinuousBackupsInput) async throws
        -> DescribeContinuousBackupsOutput
    {
        try await send("DescribeContinuousBackups", input, table: input.tableName)
    }

    /// Turns point-in-time recovery on or off.
    public func updateContinuousBackups(_ input: UpdateContinuousBackupsInput) async throws
        -> UpdateContinuousBackupsOutput
    {
        try await send("UpdateContinuousBackups", input, table: input.tableName)
    }

    /// Makes a table of what another was at some moment.
    public func restoreTableToPointInTime(_ input: RestoreTableToPointInTimeInput) async throws
        -> RestoreTableToPointInTimeOutput
    {
        try await send("RestoreTableToPointInTime", input, table: input.targetTableName)
    }
}
