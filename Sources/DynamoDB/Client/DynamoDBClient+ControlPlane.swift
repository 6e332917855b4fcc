/// Operations around tables: what counts, copies and replicates them. Each is one request.
extension DynamoDBClient {
    // MARK: Contributor insights

    /// Tells whether CloudWatch Contributor Insights counts the keys of a table or an index.
    public func describeContributorInsights(
        _ input: DescribeContributorInsightsInput
    ) async throws -> DescribeContributorInsightsOutput {
        try await send("DescribeContributorInsights", input, table: input.tableName)
    }

    /// Turns CloudWatch Contributor Insights on or off for a table or an index.
    public func updateContributorInsights(
        _ input: UpdateContributorInsightsInput
    ) async throws -> UpdateContributorInsightsOutput {
        try await send("UpdateContributorInsights", input, table: input.tableName)
    }

    /// Lists the tables and indexes whose keys Contributor Insights counts, page by page.
    public func listContributorInsights(
        _ input: ListContributorInsightsInput
    ) async throws -> ListContributorInsightsOutput {
        try await send("ListContributorInsights", input)
    }

    // MARK: Kinesis

    /// Lists the Kinesis streams that get the changes of a table.
    public func describeKinesisStreamingDestination(
        _ input: DescribeKinesisStreamingDestinationInput
    ) async throws -> DescribeKinesisStreamingDestinationOutput {
        try await send("DescribeKinesisStreamingDestination", input, table: input.tableName)
    }

    /// Writes the changes of a table to a Kinesis stream.
    public func enableKinesisStreamingDestination(
        _ input: EnableKinesisStreamingDestinationInput
    ) async throws -> EnableKinesisStreamingDestinationOutput {
        try await send("EnableKinesisStreamingDestination", input, table: input.tableName)
    }

    /// Ends writing the changes of a table to a Kinesis stream.
    public func disableKinesisStreamingDestination(
        _ input: DisableKinesisStreamingDestinationInput
    ) async throws -> DisableKinesisStreamingDestinationOutput {
        try await send("DisableKinesisStreamingDestination", input, table: input.tableName)
    }

    /// Changes how a table's changes are written to a Kinesis stream.
    public func updateKinesisStreamingDestination(
        _ input: UpdateKinesisStreamingDestinationInput
    ) async throws -> UpdateKinesisStreamingDestinationOutput {
        try await send("UpdateKinesisStreamingDestination", input, table: input.tableName)
    }

    // MARK: Exports and imports

    /// Exports a table, or its changes, to S3.
    public func exportTableToPointInTime(
        _ input: ExportTableToPointInTimeInput
    ) async throws -> ExportTableToPointInTimeOutput {
        try await send("ExportTableToPointInTime", input)
    }

    /// Describes an export.
    public func describeExport(_ input: DescribeExportInput) async throws -> DescribeExportOutput {
        try await send("DescribeExport", input)
    }

    /// Lists exports, page by page.
    public func listExports(_ input: ListExportsInput) async throws -> ListExportsOutput {
        try await send("ListExports", input)
    }

    /// Makes a table of files in S3.
    public func importTable(_ input: ImportTableInput) async throws -> ImportTableOutput {
        try await send("ImportTable", input)
    }

    /// Describes an import.
    public func describeImport(_ input: DescribeImportInput) async throws -> DescribeImportOutput {
        try await send("DescribeImport", input)
    }

    /// Lists imports, page by page.
    public func listImports(_ input: ListImportsInput) async throws -> ListImportsOutput {
        try await send("ListImports", input)
    }

    // MARK: Global tables

    /// Makes a global table of the older version, 2017.11.29.
    public func createGlobalTable(_ input: CreateGlobalTableInput) async throws -> CreateGlobalTableOutput {
        try await send("CreateGlobalTable", input)
    }

    /// Describes a global table of the older version.
    public func describeGlobalTable(_ input: DescribeGlobalTableInput) async throws -> DescribeGlobalTableOutput {
        try await send("DescribeGlobalTable", input)
    }

    /// Lists global tables of the older version, page by page.
    public func listGlobalTables(_ input: ListGlobalTablesInput) async throws -> ListGlobalTablesOutput {
        try await send("ListGlobalTables", input)
    }

    /// Adds replicas to a global table of the older version, or removes them.
    public func updateGlobalTable(_ input: UpdateGlobalTableInput) async throws -> UpdateGlobalTableOutput {
        try await send("UpdateGlobalTable", input)
    }

    /// Describes the settings of a global table of the older version.
    public func describeGlobalTableSettings(
        _ input: DescribeGlobalTableSettingsInput
    ) async throws -> DescribeGlobalTableSettingsOutput {
        try await send("DescribeGlobalTableSettings", input)
    }

    /// Changes the settings of a global table of the older version.
    public func updateGlobalTableSettings(
        _ input: UpdateGlobalTableSettingsInput
    ) async throws -> UpdateGlobalTableSettingsOutput {
        try await send("UpdateGlobalTableSettings", input)
    }

    /// Tells how the capacity of a table's replicas follows the load.
    public func describeTableReplicaAutoScaling(
        _ input: DescribeTableReplicaAutoScalingInput
    ) async throws -> DescribeTableReplicaAutoScalingOutput {
        try await send("DescribeTableReplicaAutoScaling", input, table: input.tableName)
    }

    /// Changes how the capacity of a table's replicas follows the load.
    public func updateTableReplicaAutoScaling(
        _ input: UpdateTableReplicaAutoScalingInput
    ) async throws -> UpdateTableReplicaAutoScalingOutput {
        try await send("UpdateTableReplicaAutoScaling", input, table: input.tableName)
    }
}
