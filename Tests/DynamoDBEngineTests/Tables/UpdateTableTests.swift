import DynamoDB
import Testing

@testable import DynamoDBEngine

@Suite struct UpdateTableTests {
    private static let name = "Orders"

    /// A provisioned table with one index, both of 5 and 5 units.
    private func open(_ directory: TemporaryDirectory) async throws -> Engine {
        let engine = try Engine.open(in: directory)
        let units = ProvisionedThroughput(readCapacityUnits: 5, writeCapacityUnits: 5)
        _ = try await engine.createTable(
            CreateTableInput(
                tableName: Self.name,
                attributeDefinitions: ["id", "user"].map {
                    AttributeDefinition(attributeName: $0, attributeType: .string)
                },
                keySchema: [KeySchemaElement(attributeName: "id", keyType: .hash)],
                globalSecondaryIndexes: [
                    GlobalSecondaryIndex(
                        indexName: "by-user", keySchema: [KeySchemaElement(attributeName: "user", keyType: .hash)],
                        projection: Projection(projectionType: .all), provisionedThroughput: units)
                ],
                provisionedThroughput: units))
        return engine
    }

    private func describe(_ engine: Engine) async throws -> TableDescription {
        try await engine.describeTable(DescribeTableInput(tableName: Self.name)).table
    }

    private func indexID(_ engine: Engine) async throws -> UInt32? {
        try await engine.perform("Test") { $0.catalogue.table(named: Self.name)?.index(named: "by-user")?.id }
    }

    private var update: UpdateTableInput { UpdateTableInput(tableName: Self.name) }

    private func units(_ read: Int, _ write: Int) -> ProvisionedThroughput {
        ProvisionedThroughput(readCapacityUnits: read, writeCapacityUnits: write)
    }

    @Test func throughputAndItsHistorySurviveReopening() async throws {
        let directory = try TemporaryDirectory()
        var engine = try await open(directory)
        var input = update
        input.provisionedThroughput = units(7, 5)
        #expect(try await engine.updateTable(input).tableDescription.tableStatus == .updating)
        input.provisionedThroughput = units(7, 2)
        input.globalSecondaryIndexUpdates = [
            GlobalSecondaryIndexUpdate(
                update: UpdateGlobalSecondaryIndexAction(indexName: "by-user", provisionedThroughput: units(9, 9)))
        ]
        let response = try await engine.updateTable(input).tableDescription
        #expect(response.globalSecondaryIndexes?.map(\.indexStatus) == [.updating])
        await engine.close()

        engine = try Engine.open(in: directory)
        let table = try await describe(engine)
        #expect(table.tableStatus == .active)
        #expect(table.provisionedThroughput?.readCapacityUnits == 7)
        #expect(table.provisionedThroughput?.writeCapacityUnits == 2)
        #expect(table.provisionedThroughput?.lastIncreaseDateTime != nil)
        #expect(table.provisionedThroughput?.lastDecreaseDateTime != nil)
        #expect(table.provisionedThroughput?.numberOfDecreasesToday == 1)
        let index = table.globalSecondaryIndexes?.first
        #expect(index?.provisionedThroughput?.readCapacityUnits == 9)
        #expect(index?.provisionedThroughput?.lastDecreaseDateTime == nil)
        await engine.close()
    }

    @Test func billingModeGoesBothWays() async throws {
        let directory = try TemporaryDirectory()
        let engine = try await open(directory)
        var input = update
        input.billingMode = .payPerRequest
        _ = try await engine.updateTable(input)
        var table = try await describe(engine)
        #expect(table.billingModeSummary?.billingMode == .payPerRequest)
        #expect(table.billingModeSummary?.lastUpdateToPayPerRequestDateTime != nil)
        #expect(table.provisionedThroughput?.readCapacityUnits == 0)
        #expect(table.globalSecondaryIndexes?.first?.provisionedThroughput?.readCapacityUnits == 0)

        input.billingMode = .provisioned
        await expect(
            .validationException,
            "One or more parameter values were invalid: ProvisionedThroughput must be specified when BillingMode is PROVISIONED"
        ) { [input] in try await engine.updateTable(input) }
        input.provisionedThroughput = units(3, 4)
        await expect(
            .validationException,
            "One or more parameter values were invalid: ProvisionedThroughput must be specified for index: by-user"
        ) { [input] in try await engine.updateTable(input) }
        input.globalSecondaryIndexUpdates = [
            GlobalSecondaryIndexUpdate(
                update: UpdateGlobalSecondaryIndexAction(indexName: "by-user", provisionedThroughput: units(1, 1)))
        ]
        _ = try await engine.updateTable(input)
        table = try await describe(engine)
        #expect(table.provisionedThroughput?.writeCapacityUnits == 4)
        #expect(table.globalSecondaryIndexes?.first?.provisionedThroughput?.writeCapacityUnits == 1)
        await engine.close()
    }

    @Test func settingsAreKept() async throws {
        let directory = try TemporaryDirectory()
        let engine = try await open(directory)
        for input in [
            UpdateTableInput(tableName: Self.name, deletionProtectionEnabled: true),
            UpdateTableInput(tableName: Self.name, tableClass: .standardInfrequentAccess),
            UpdateTableInput(
                tableName: Self.name, sseSpecification: SSESpecification(enabled: true, sseType: .kms)),
        ] {
            _ = try await engine.updateTable(input)
        }
        let table = try await describe(engine)
        #expect(table.deletionProtectionEnabled == true)
        #expect(table.tableClassSummary?.tableClass == .standardInfrequentAccess)
        #expect(table.tableClassSummary?.lastUpdateDateTime != nil)
        // The directory is not encrypted, whatever was asked for.
        #expect(table.sseDescription?.status == .disabled)
        #expect(table.sseDescription?.sseType == nil)
        await expect(
            .validationException,
            "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first."
        ) { try await engine.deleteTable(DeleteTableInput(tableName: Self.name)) }
        await engine.close()
    }

    @Test func aDeletedIndexIsGoneAndItsNameIsFree() async throws {
        let directory = try TemporaryDirectory()
        let engine = try await open(directory)
        let item: Item = ["id": .string("1"), "user": .string("u")]
        _ = try await engine.putItem(PutItemInput(tableName: Self.name, item: item))
        let before = try await indexID(engine)
        var input = update
        input.globalSecondaryIndexUpdates = [
            GlobalSecondaryIndexUpdate(delete: DeleteGlobalSecondaryIndexAction(indexName: "by-user"))
        ]
        let response = try await engine.updateTable(input).tableDescription
        #expect(response.globalSecondaryIndexes?.map(\.indexStatus) == [.deleting])
        let table = try await describe(engine)
        #expect(table.globalSecondaryIndexes == nil)
        #expect(table.attributeDefinitions?.map(\.attributeName) == ["id"])
        await expect(.validationException, "The table does not have the specified index: by-user") {
            try await engine.scan(ScanInput(tableName: Self.name, indexName: "by-user"))
        }
        await expect(.resourceNotFoundException, "Requested resource not found: Index by-user for table Orders") {
            [input] in
            try await engine.updateTable(input)
        }

        // The attribute may have any type again.
        input.attributeDefinitions = [AttributeDefinition(attributeName: "user", attributeType: .number)]
        input.globalSecondaryIndexUpdates = [
            GlobalSecondaryIndexUpdate(
                create: GlobalSecondaryIndex(
                    indexName: "by-user", keySchema: [KeySchemaElement(attributeName: "user", keyType: .hash)],
                    projection: Projection(projectionType: .all), provisionedThroughput: units(1, 1)))
        ]
        _ = try await engine.updateTable(input)
        try await engine.waitUntilActive(Self.name)
        #expect(try await engine.scanAll(Self.name, index: "by-user").isEmpty)
        let after = try await indexID(engine)
        #expect(after != before)
        #expect(try await engine.scanAll(Self.name) == [item])
        await engine.close()
    }

    @Test func whatMakesNoSenseIsRefused() async throws {
        let directory = try TemporaryDirectory()
        let engine = try await open(directory)
        await expect(
            .validationException,
            "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required"
        ) { try await engine.updateTable(update) }
        var input = update
        input.provisionedThroughput = units(5, 5)
        await expect(
            .validationException,
            "The provisioned throughput for the table will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the table: 5. Requested ReadCapacityUnits: 5. Current WriteCapacityUnits provisioned for the table: 5. Requested WriteCapacityUnits: 5. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits."
        ) { [input] in try await engine.updateTable(input) }
        input.provisionedThroughput = units(1_000_000_000_001, 5)
        await expect(
            .validationException, "Given value 1000000000001 for ReadCapacityUnits is out of bounds"
        ) { [input] in try await engine.updateTable(input) }
        input = update
        let delete = GlobalSecondaryIndexUpdate(delete: DeleteGlobalSecondaryIndexAction(indexName: "one"))
        let other = GlobalSecondaryIndexUpdate(delete: DeleteGlobalSecondaryIndexAction(indexName: "two"))
        input.globalSecondaryIndexUpdates = [delete, other]
        await expect(
            .limitExceededException,
            "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table"
        ) { [input] in try await engine.updateTable(input) }
        input.globalSecondaryIndexUpdates = [delete, delete]
        await expect(
            .validationException,
            "One or more parameter values were invalid: Only one global secondary index update per index is allowed simultaneously. Index: one"
        ) { [input] in try await engine.updateTable(input) }
        input.globalSecondaryIndexUpdates = [GlobalSecondaryIndexUpdate()]
        await expect(
            .validationException,
            "One or more parameter values were invalid: One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null"
        ) { [input] in try await engine.updateTable(input) }
        let create = GlobalSecondaryIndex(
            indexName: "new", keySchema: [KeySchemaElement(attributeName: "user", keyType: .hash)],
            projection: Projection(projectionType: .all), provisionedThroughput: units(1, 1))
        input.globalSecondaryIndexUpdates = [GlobalSecondaryIndexUpdate(create: create)]
        await expect(
            .validationException,
            "One or more parameter values were invalid: AttributeDefinitions is not specified for index: new"
        ) { [input] in try await engine.updateTable(input) }
        input.attributeDefinitions = [AttributeDefinition(attributeName: "id", attributeType: .string)]
        await expect(
            .validationException,
            "One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [user], AttributeDefinitions: [id]"
        ) { [input] in try await engine.updateTable(input) }
        input.tableName = "absent"
        input.globalSecondaryIndexUpdates = [delete]
        await expect(.resourceNotFoundException, "Requested resource not found: Table: absent not found") { [input] in
            try await engine.updateTable(input)
        }
        await engine.close()
    }

    @Test func definitionsBesideTheKeysOfANewIndexAreIgnored() async throws {
        let directory = try TemporaryDirectory()
        let engine = try await open(directory)
        var input = update
        // `other` is in no key; `id` is a string already.
        input.attributeDefinitions = [
            AttributeDefinition(attributeName: "other", attributeType: .binary),
            AttributeDefinition(attributeName: "id", attributeType: .number),
            AttributeDefinition(attributeName: "rank", attributeType: .number),
        ]
        input.globalSecondaryIndexUpdates = [
            GlobalSecondaryIndexUpdate(
                create: GlobalSecondaryIndex(
                    indexName: "by-rank",
                    keySchema: [
                        KeySchemaElement(attributeName: "rank", keyType: .hash),
                        KeySchemaElement(attributeName: "id", keyType: .range),
                    ], projection: Projection(projectionType: .keysOnly), provisionedThroughput: units(1, 1)))
        ]
        _ = try await engine.updateTable(input)
        try await engine.waitUntilActive(Self.name)
        let definitions = try await describe(engine).attributeDefinitions
        #expect(
            definitions == [
                AttributeDefinition(attributeName: "id", attributeType: .string),
                AttributeDefinition(attributeName: "rank", attributeType: .number),
                AttributeDefinition(attributeName: "user", attributeType: .string),
            ])
        _ = try await engine.putItem(
            PutItemInput(tableName: Self.name, item: ["id": .string("1"), "rank": .number(7)]))
        #expect(try await engine.scanAll(Self.name, index: "by-rank") == [["id": .string("1"), "rank": .number(7)]])
        await engine.close()
    }

    @Test func whatCannotStandTogetherIsRefused() async throws {
        let directory = try TemporaryDirectory()
        let engine = try await open(directory)
        let sse = SSESpecification(enabled: true, sseType: .kms)
        let stream = StreamSpecification(streamEnabled: true, streamViewType: .newImage)
        let delete = GlobalSecondaryIndexUpdate(delete: DeleteGlobalSecondaryIndexAction(indexName: "by-user"))
        let bounds = OnDemandThroughput(maxReadRequestUnits: 5)
        let more = units(9, 9)
        let cases: [(UpdateTableInput, String)] = [
            (
                UpdateTableInput(tableName: Self.name, sseSpecification: sse, deletionProtectionEnabled: true),
                "Server-Side Encryption modification must be the only operation in the request"
            ),
            (
                UpdateTableInput(tableName: Self.name, tableClass: .standard, deletionProtectionEnabled: true),
                "TableClass modification must be the only operation in the request"
            ),
            (
                UpdateTableInput(
                    tableName: Self.name, provisionedThroughput: more, deletionProtectionEnabled: true),
                "DeletionProtection modification must be the only operation in the request"
            ),
            (
                UpdateTableInput(
                    tableName: Self.name, provisionedThroughput: more,
                    warmThroughput: WarmThroughput(readUnitsPerSecond: 9)),
                "WarmThroughput must be the only operation in the request"
            ),
            (
                UpdateTableInput(tableName: Self.name, streamSpecification: stream, onDemandThroughput: bounds),
                "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request"
            ),
            (
                UpdateTableInput(tableName: Self.name, provisionedThroughput: more, streamSpecification: stream),
                "You cannot modify stream status while updating table IOPS"
            ),
            (
                UpdateTableInput(
                    tableName: Self.name, provisionedThroughput: more, globalSecondaryIndexUpdates: [delete]),
                "You cannot create or delete index while updating table IOPS"
            ),
            (
                UpdateTableInput(
                    tableName: Self.name, globalSecondaryIndexUpdates: [delete], streamSpecification: stream),
                "You cannot create or delete index while changing stream status"
            ),
            (
                UpdateTableInput(
                    tableName: Self.name, billingMode: .payPerRequest, globalSecondaryIndexUpdates: []),
                "List of GlobalSecondaryIndexUpdates is empty"
            ),
            (
                UpdateTableInput(tableName: Self.name, onDemandThroughput: bounds),
                "MaxReadRequestUnits for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED"
            ),
            (
                UpdateTableInput(
                    tableName: Self.name, streamSpecification: StreamSpecification(streamEnabled: true)),
                "If stream is being enabled then UpdateViewType is required"
            ),
        ]
        for (input, message) in cases {
            await expect(.validationException, "One or more parameter values were invalid: \(message)") {
                try await engine.updateTable(input)
            }
        }
        _ = try await engine.updateTable(
            UpdateTableInput(
                tableName: Self.name, billingMode: .payPerRequest, streamSpecification: stream))
        let table = try await describe(engine)
        #expect(table.streamSpecification == stream)
        #expect(table.billingModeSummary?.billingMode == .payPerRequest)
        await engine.close()
    }

    @Test func aTwentyFirstIndexIsALimit() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory, synchronous: false)
        let index = { (number: Int) in
            GlobalSecondaryIndex(
                indexName: "index\(number)", keySchema: [KeySchemaElement(attributeName: "user", keyType: .hash)],
                projection: Projection(projectionType: .keysOnly))
        }
        let definitions = ["id", "user"].map { AttributeDefinition(attributeName: $0, attributeType: .string) }
        _ = try await engine.createTable(
            CreateTableInput(
                tableName: Self.name, attributeDefinitions: definitions,
                keySchema: [KeySchemaElement(attributeName: "id", keyType: .hash)],
                globalSecondaryIndexes: (1...20).map(index), billingMode: .payPerRequest))
        var input = update
        input.attributeDefinitions = definitions
        input.globalSecondaryIndexUpdates = [GlobalSecondaryIndexUpdate(create: index(21))]
        await expect(
            .limitExceededException,
            "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of 20"
        ) { [input] in try await engine.updateTable(input) }
        await engine.close()
    }
}
