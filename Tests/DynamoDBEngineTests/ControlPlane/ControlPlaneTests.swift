import DynamoDB
import DynamoDBEngine
import Testing

/// What AWS answers about exports, imports, replicas, Kinesis and Contributor Insights on an account that has none of it.
@Suite struct ControlPlaneTests {
    private static let arn = "arn:aws:dynamodb:us-east-1:000000000000:table/\(EventTable.name)"

    private func withTable(_ body: (Engine) async throws -> Void) async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory, synchronous: false)
        _ = try await engine.createTable(EventTable.definition)
        try await body(engine)
        await engine.close()
    }

    @Test func insightsAreKeptAndListed() async throws {
        let directory = try TemporaryDirectory()
        var engine = try Engine.open(in: directory)
        for name in ["Zebra", EventTable.name] {
            var definition = EventTable.definition
            definition.tableName = name
            _ = try await engine.createTable(definition)
        }
        let fresh = try await engine.describeContributorInsights(.init(tableName: EventTable.name))
        #expect(fresh == .init(tableName: EventTable.name, contributorInsightsStatus: .disabled))
        #expect(try await engine.listContributorInsights(.init()).contributorInsightsSummaries == [])

        for (table, index) in [(EventTable.name, "GSI2"), (EventTable.name, nil), ("Zebra", nil)] {
            let updated = try await engine.updateContributorInsights(
                .init(tableName: table, contributorInsightsAction: .enable, indexName: index))
            #expect(
                updated
                    == .init(
                        tableName: table, indexName: index, contributorInsightsStatus: .enabling,
                        contributorInsightsMode: .accessedAndThrottledKeys))
        }
        await engine.close()
        engine = try Engine.open(in: directory)
        let described = try await engine.describeContributorInsights(
            .init(tableName: EventTable.name, indexName: "GSI2"))
        #expect(described.contributorInsightsStatus == .enabled)
        #expect(described.contributorInsightsMode == .accessedAndThrottledKeys)
        #expect(described.lastUpdateDateTime != nil)
        // A table comes before its indexes, page by page.
        var names: [String] = []
        var token: String?
        repeat {
            let page = try await engine.listContributorInsights(.init(nextToken: token, maxResults: 1))
            #expect(page.contributorInsightsSummaries?.count == 1)
            names += (page.contributorInsightsSummaries ?? []).map { "\($0.tableName ?? "") \($0.indexName ?? "")" }
            token = page.nextToken
        } while token != nil
        #expect(names == ["Events ", "Events GSI2", "Zebra "])

        let disabled = try await engine.updateContributorInsights(
            .init(tableName: EventTable.name, contributorInsightsAction: .disable))
        #expect(disabled.contributorInsightsStatus == .disabling)
        let rest = try await engine.listContributorInsights(.init(tableName: EventTable.name))
        #expect(rest.contributorInsightsSummaries?.map(\.indexName) == ["GSI2"])
        // With the index its settings are gone.
        _ = try await engine.updateTable(
            UpdateTableInput(
                tableName: EventTable.name,
                globalSecondaryIndexUpdates: [
                    GlobalSecondaryIndexUpdate(delete: DeleteGlobalSecondaryIndexAction(indexName: "GSI2"))
                ]))
        #expect(
            try await engine.listContributorInsights(.init(tableName: EventTable.name)).contributorInsightsSummaries
                == [])
        await expect(
            .resourceNotFoundException, "Requested resource not found: Index: GSI2 not found for table: Events"
        ) { try await engine.describeContributorInsights(.init(tableName: EventTable.name, indexName: "GSI2")) }
        await expect(
            .validationException, "IndexName must be at least 3 characters long and at most 255 characters long"
        ) { try await engine.describeContributorInsights(.init(tableName: EventTable.name, indexName: "x")) }
        await expect(.resourceNotFoundException, "Requested resource not found: Table: absent not found") {
            try await engine.listContributorInsights(.init(tableName: "absent"))
        }
        await engine.close()
    }

    @Test func noTableHasAKinesisDestination() async throws {
        try await withTable { engine in
            let stream = "arn:aws:kinesis:us-east-1:000000000000:stream/records"
            let described = try await engine.describeKinesisStreamingDestination(.init(tableName: Self.arn))
            #expect(described == .init(tableName: EventTable.name, kinesisDataStreamDestinations: []))
            await expect(
                .resourceNotFoundException, "Requested resource not found: Stream: \(stream) not found"
            ) {
                try await engine.enableKinesisStreamingDestination(
                    .init(tableName: EventTable.name, streamArn: stream))
            }
            await expect(
                .validationException,
                "Table is not in a valid state to enable Kinesis Streaming Destination: KinesisStreamingDestination must be ACTIVE to perform DISABLE operation."
            ) {
                try await engine.disableKinesisStreamingDestination(
                    .init(tableName: EventTable.name, streamArn: stream))
            }
            await expect(
                .validationException,
                "Streaming destination cannot be updated with given parameters: UpdateKinesisStreamingConfiguration cannot be null or contain only null values"
            ) {
                try await engine.updateKinesisStreamingDestination(
                    .init(tableName: EventTable.name, streamArn: stream))
            }
            await expect(
                .validationException,
                "Table is not in a valid state to enable Kinesis Streaming Destination: No streaming destination with streamArn: \(stream) found for table with tableName: Events"
            ) {
                try await engine.updateKinesisStreamingDestination(
                    .init(
                        tableName: EventTable.name, streamArn: stream,
                        updateKinesisStreamingConfiguration: .init(
                            approximateCreationDateTimePrecision: .microsecond)))
            }
            await expect(.resourceNotFoundException, "Requested resource not found: Table: absent not found") {
                try await engine.describeKinesisStreamingDestination(.init(tableName: "absent"))
            }
        }
    }

    @Test func nothingIsExportedOrImported() async throws {
        try await withTable { engine in
            let (exports, imports) = (
                try await engine.listExports(.init()), try await engine.listImports(.init())
            )
            #expect(exports == .init(exportSummaries: []))
            #expect(imports == .init(importSummaryList: []))
            await expect(.validationException, "Invalid Request: Provided nextToken is invalid: abc") {
                try await engine.listExports(.init(nextToken: "abc"))
            }
            await expect(.validationException, "Invalid Export ARN") {
                try await engine.describeExport(.init(exportArn: Self.arn))
            }
            await expect(
                .exportNotFoundException, "Export not found: Export not found: \(Self.arn)/export/01"
            ) { try await engine.describeExport(.init(exportArn: Self.arn + "/export/01")) }
            await expect(.validationException, "Invalid Import ARN") {
                try await engine.describeImport(.init(importArn: Self.arn + "/export/01"))
            }
            #expect(
                await failure { try await engine.describeImport(.init(importArn: Self.arn + "/import/01")) }?.code
                    == .importNotFoundException)

            let export = ExportTableToPointInTimeInput(tableArn: Self.arn, s3Bucket: "bucket")
            await expect(
                .pointInTimeRecoveryUnavailableException,
                "Point in time recovery is not enabled for table 'Events'"
            ) { try await engine.exportTableToPointInTime(export) }
            _ = try await engine.updateContinuousBackups(
                UpdateContinuousBackupsInput(
                    tableName: EventTable.name,
                    pointInTimeRecoverySpecification: .init(pointInTimeRecoveryEnabled: true)))
            let refused = await failure { try await engine.exportTableToPointInTime(export) }
            #expect(refused?.code == .unknownOperationException)
            #expect(refused?.message.contains("no S3") == true)
            #expect(
                await failure {
                    try await engine.exportTableToPointInTime(
                        .init(tableArn: Self.arn + "x", s3Bucket: "bucket"))
                }?.code == .tableNotFoundException)

            var input = ImportTableInput(
                s3BucketSource: .init(s3Bucket: "bucket"), inputFormat: .csv,
                tableCreationParameters: .init(
                    tableName: "Imported",
                    attributeDefinitions: [AttributeDefinition(attributeName: "id", attributeType: .string)],
                    keySchema: [KeySchemaElement(attributeName: "id", keyType: .hash)],
                    billingMode: .payPerRequest))
            let noImport = await failure { [input] in try await engine.importTable(input) }
            #expect(noImport?.code == .unknownOperationException)
            #expect(noImport?.message.contains("no S3") == true)
            input.tableCreationParameters.tableName = EventTable.name
            await expect(.resourceInUseException, "Table already exists: Events") { [input] in
                try await engine.importTable(input)
            }
        }
    }

    @Test func thereAreNoGlobalTables() async throws {
        try await withTable { engine in
            let name = EventTable.name
            let listed = try await engine.listGlobalTables(.init())
            #expect(listed == .init(globalTables: []))
            let older =
                "One or more parameter values were invalid: DynamoDB global tables version 2017.11.29 is not supported. We recommend using DynamoDB global tables version 2019.11.21, instead of version 2017.11.29 (Legacy)."
            await expect(.validationException, older) {
                try await engine.createGlobalTable(
                    .init(globalTableName: name, replicationGroup: [.init(regionName: "eu-west-1")]))
            }
            await expect(.validationException, older) {
                try await engine.updateGlobalTable(
                    .init(
                        globalTableName: name, replicaUpdates: [.init(create: .init(regionName: "eu-west-1"))]))
            }
            await expect(.validationException, "One or more parameter values were invalid") {
                try await engine.updateGlobalTable(.init(globalTableName: name, replicaUpdates: []))
            }
            await expect(
                .globalTableNotFoundException,
                "Global table not found: Global table with name: 'Events' does not exist."
            ) { try await engine.describeGlobalTable(.init(globalTableName: name)) }
            let none = "Global table with name: 'Events' does not exist."
            await expect(.globalTableNotFoundException, none) {
                try await engine.describeGlobalTableSettings(.init(globalTableName: name))
            }
            await expect(.globalTableNotFoundException, none) {
                try await engine.updateGlobalTableSettings(.init(globalTableName: name))
            }
            await expect(.resourceNotFoundException, none) {
                try await engine.describeTableReplicaAutoScaling(.init(tableName: Self.arn))
            }
            await expect(.resourceNotFoundException, none) {
                try await engine.updateTableReplicaAutoScaling(.init(tableName: name))
            }
            await expect(
                .validationException,
                "TableName must be at least 3 characters long and at most 255 characters long"
            ) { try await engine.describeGlobalTable(.init(globalTableName: "")) }
        }
    }

    /// What cannot be kept is refused, and not answered as if it were.
    @Test func replicasAreRefused() async throws {
        try await withTable { engine in
            let name = EventTable.name
            let none = "One or more parameter values were invalid: This server has no replicas in other regions"
            await expect(.validationException, none) {
                try await engine.updateTable(
                    .init(tableName: name, replicaUpdates: [.init(create: .init(regionName: "eu-west-1"))]))
            }
            await expect(
                .validationException,
                "Update global table operation failed because one or more replicas were not part of the global table. Please retry the request without these replicas: [eu-west-1]."
            ) {
                try await engine.updateTable(
                    .init(tableName: name, replicaUpdates: [.init(delete: .init(regionName: "eu-west-1"))]))
            }
            await expect(
                .validationException,
                "One or more parameter values were invalid: Replica modification must be the only operation in the request"
            ) {
                try await engine.updateTable(
                    .init(
                        tableName: name, billingMode: .payPerRequest,
                        replicaUpdates: [.init(delete: .init(regionName: "eu-west-1"))]))
            }
            await expect(.validationException, none) {
                try await engine.updateTable(
                    .init(
                        tableName: name, billingMode: .payPerRequest,
                        globalTableSettingsReplicationMode: .enabled))
            }
            let error = await failure {
                try await engine.updateTable(.init(tableName: name, multiRegionConsistency: .strong))
            }
            #expect(error?.message.contains("MultiRegionConsistency") == false)
            var definition = EventTable.definition
            definition.tableName = "Replica"
            definition.globalTableSourceArn = Self.arn
            await expect(.validationException, none) { [definition] in try await engine.createTable(definition) }
        }
    }
}
