import DynamoDB
import Testing

@testable import DynamoDBEngine

/// Tables, streams, backups and tokens of each region, each access key or both.
@Suite struct IsolationTests {
    private func open(
        _ directory: TemporaryDirectory, _ isolation: Set<Isolation>, owner: Caller? = nil
    ) throws -> Engine {
        var options = Engine.Options(directory: directory.path + "/data")
        options.isolation = isolation
        options.owner = owner
        return try Engine.open(options, logger: .silent)
    }

    private let tokyo = Caller(region: "ap-northeast-1", accessKeyID: "KEY1")
    private let tokyoToo = Caller(region: "ap-northeast-1", accessKeyID: "KEY2")
    private let ireland = Caller(region: "eu-west-1", accessKeyID: "KEY1")

    private var definition: CreateTableInput {
        var definition = EventTable.definition
        definition.streamSpecification = StreamSpecification(streamEnabled: true, streamViewType: .newImage)
        return definition
    }

    private func item(_ name: String) -> Item { ["PK": .string(name), "SK": .string("s")] }

    @Test(
        arguments: [
            ([.region], [true, false]), ([.key], [false, true]), ([.region, .key], [true, true]), ([], [false, false]),
        ] as [(Set<Isolation>, [Bool])])
    func eachHasItsOwn(isolation: Set<Isolation>, apart: [Bool]) async throws {
        let directory = try TemporaryDirectory()
        var engine = try open(directory, isolation)
        let first = try engine.seen(by: tokyo)
        _ = try await first.createTable(definition)
        _ = try await first.putItem(PutItemInput(tableName: EventTable.name, item: item("first")))
        for (caller, isApart) in zip([ireland, tokyoToo], apart) {
            let other = try engine.seen(by: caller)
            let names = try await other.listTables(ListTablesInput()).tableNames
            #expect(names == (isApart ? [] : [EventTable.name]))
            guard isApart else {
                #expect(try await other.scanAll(EventTable.name) == [item("first")])
                continue
            }
            #expect(try await other.listStreams(ListStreamsInput()).streams == [])
            #expect(await failure { try await other.scanAll(EventTable.name) }?.code == .resourceNotFoundException)
            let name = caller.accessKeyID ?? ""
            _ = try await other.createTable(definition)
            _ = try await other.putItem(PutItemInput(tableName: EventTable.name, item: item(name)))
        }
        await engine.close()

        engine = try open(directory, isolation)
        #expect(try await engine.seen(by: tokyo).scanAll(EventTable.name) == [item("first")])
        for (caller, isApart) in zip([ireland, tokyoToo], apart) where isApart {
            let other = try engine.seen(by: caller)
            #expect(try await other.scanAll(EventTable.name) == [item(caller.accessKeyID ?? "")])
            _ = try await other.deleteTable(DeleteTableInput(tableName: EventTable.name))
        }
        #expect(try await engine.seen(by: tokyo).scanAll(EventTable.name) == [item("first")])
        await engine.close()
    }

    @Test func backupsAndTokensAreApart() async throws {
        let directory = try TemporaryDirectory()
        let engine = try open(directory, [.key])
        let (one, two) = (try engine.seen(by: tokyo), try engine.seen(by: tokyoToo))
        for (view, name) in [(one, "one"), (two, "two")] {
            _ = try await view.createTable(EventTable.definition)
            _ = try await view.transactWriteItems(
                TransactWriteItemsInput(
                    transactItems: [.put(Put(tableName: EventTable.name, item: item(name)))],
                    clientRequestToken: "token"))
        }
        let backup = try await one.createBackup(CreateBackupInput(tableName: EventTable.name, backupName: "mine"))
        let arn = try #require(backup.backupDetails?.backupArn)
        try await one.waitUntilAvailable(arn)
        #expect(try await one.listBackups(ListBackupsInput()).backupSummaries?.map(\.backupArn) == [arn])
        #expect(try await two.listBackups(ListBackupsInput()).backupSummaries == [])
        #expect(
            await failure { try await two.describeBackup(DescribeBackupInput(backupArn: arn)) }?.code
                == .backupNotFoundException)
        #expect(
            await failure {
                try await two.restoreTableFromBackup(
                    RestoreTableFromBackupInput(targetTableName: "Taken", backupArn: arn))
            }?.code == .backupNotFoundException)
        _ = try await one.restoreTableFromBackup(
            RestoreTableFromBackupInput(targetTableName: "Back", backupArn: arn))
        try await one.waitUntilActive("Back")
        #expect(try await one.scanAll("Back") == [item("one")])
        #expect(try await two.listTables(ListTablesInput()).tableNames == [EventTable.name])
        await engine.close()
    }

    /// What goes on in the background reaches the tables of every namespace.
    @Test func indexesAreFilledAndItemsExpire() async throws {
        let directory = try TemporaryDirectory()
        let engine = try open(directory, [.region])
        let view = try engine.seen(by: ireland)
        var definition = EventTable.definition
        definition.globalSecondaryIndexes = nil
        definition.attributeDefinitions = Array(definition.attributeDefinitions[..<2])
        _ = try await view.createTable(definition)
        _ = try await view.updateTimeToLive(
            UpdateTimeToLiveInput(
                tableName: EventTable.name, timeToLiveSpecification: .init(attributeName: "ttl", enabled: true)))
        _ = try await view.putItem(PutItemInput(tableName: EventTable.name, item: item("stays")))
        _ = try await view.putItem(
            PutItemInput(tableName: EventTable.name, item: item("goes").merging(["ttl": .number(1_700_000_000)]) { $1 })
        )
        while try await view.scanAll(EventTable.name).count > 1 { try await Task.sleep(for: .milliseconds(20)) }
        _ = try await view.updateTable(
            UpdateTableInput(
                tableName: EventTable.name,
                attributeDefinitions: [AttributeDefinition(attributeName: "SK", attributeType: .string)],
                globalSecondaryIndexUpdates: [
                    GlobalSecondaryIndexUpdate(
                        create: GlobalSecondaryIndex(
                            indexName: "bySK", keySchema: [KeySchemaElement(attributeName: "SK", keyType: .hash)],
                            projection: Projection(projectionType: .all)))
                ]))
        try await view.waitUntilActive(EventTable.name)
        #expect(try await view.scanAll(EventTable.name, index: "bySK") == [item("stays")])
        await engine.close()
    }

    @Test func theOwnerKeepsTheSharedTables() async throws {
        let directory = try TemporaryDirectory()
        let owner = Caller(region: "ap-northeast-1", accessKeyID: "KEY1")
        var engine = try open(directory, [.region, .key], owner: owner)
        _ = try await engine.createTable(definition)
        #expect(try await engine.seen(by: owner).listTables(ListTablesInput()).tableNames == [EventTable.name])
        #expect(try await engine.seen(by: tokyoToo).listTables(ListTablesInput()).tableNames == [])
        _ = try await engine.seen(by: tokyoToo).createTable(definition)
        await engine.close()
        // Without isolation there are the shared tables only, whatever a name looks like.
        engine = try open(directory, [])
        #expect(try await engine.seen(by: tokyoToo).listTables(ListTablesInput()).tableNames == [EventTable.name])
        let name = "KEY2@ap-northeast-1/\(EventTable.name)"
        #expect(await failure { try await engine.scanAll(name) }?.code == .validationException)
        #expect(
            await failure { try await engine.deleteTable(DeleteTableInput(tableName: name)) }?.code
                == .validationException)
        await engine.close()
    }

    @Test func whatIsNoKeyIsRefused() async throws {
        let directory = try TemporaryDirectory()
        let engine = try open(directory, [.key])
        let error = #expect(throws: DynamoDBError.self) {
            try engine.seen(by: Caller(region: "eu-west-1", accessKeyID: "a/b"))
        }
        #expect(error?.code == .unrecognizedClientException)
        await engine.close()
    }
}
