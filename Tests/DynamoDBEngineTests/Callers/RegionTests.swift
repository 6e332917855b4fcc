import DynamoDB
import Testing

@testable import DynamoDBEngine

/// What ARNs and stream records say, and which ARNs are understood.
@Suite struct RegionTests {
    private func open(_ directory: TemporaryDirectory, _ region: String? = nil) throws -> Engine {
        var options = Engine.Options(directory: directory.path + "/data")
        options.region = region
        return try Engine.open(options, logger: .silent)
    }

    private var definition: CreateTableInput {
        var definition = EventTable.definition
        definition.streamSpecification = StreamSpecification(streamEnabled: true, streamViewType: .newImage)
        return definition
    }

    private func arn(_ region: String) -> String {
        "arn:aws:dynamodb:\(region):000000000000:table/\(EventTable.name)"
    }

    @Test func arnsSayTheRegionOfWhoeverAsks() async throws {
        let directory = try TemporaryDirectory()
        let engine = try open(directory)
        #expect(engine.dependsOnCaller)
        let tokyo = try engine.seen(by: Caller(region: "ap-northeast-1", accessKeyID: "any"))
        let created = try await tokyo.createTable(definition).tableDescription
        #expect(created.tableArn == arn("ap-northeast-1"))
        #expect(created.globalSecondaryIndexes?[0].indexArn == arn("ap-northeast-1") + "/index/GSI1")
        let label = try #require(created.latestStreamLabel)
        #expect(created.latestStreamArn == arn("ap-northeast-1") + "/stream/\(label)")
        // As in 2026-11-24T23:33:57.123.
        #expect(label.utf8.count == 23)
        // The same table, asked for elsewhere; without a region, in us-east-1.
        for (view, region) in [
            (try engine.seen(by: Caller(region: "eu-west-1")), "eu-west-1"), (engine, "us-east-1"),
        ] {
            let table = try await view.describeTable(DescribeTableInput(tableName: EventTable.name)).table
            #expect(table.tableId == created.tableId)
            #expect(table.tableArn == arn(region))
            #expect(
                try await view.listStreams(ListStreamsInput()).streams?.map(\.streamArn) == [
                    arn(region) + "/stream/\(label)"
                ])
        }
        _ = try await tokyo.putItem(
            PutItemInput(tableName: EventTable.name, item: ["PK": .string("p"), "SK": .string("s")]))
        #expect(try await records(tokyo, arn("eu-west-1") + "/stream/\(label)") == ["ap-northeast-1"])
        await engine.close()
    }

    /// The regions of a stream's records.
    private func records(_ engine: Engine, _ arn: String) async throws -> [String?] {
        var regions: [String?] = []
        let stream = try await engine.describeStream(DescribeStreamInput(streamArn: arn)).streamDescription
        for shard in stream.shards ?? [] {
            let iterator = try await engine.getShardIterator(
                GetShardIteratorInput(
                    streamArn: arn, shardId: try #require(shard.shardId), shardIteratorType: .trimHorizon)
            ).shardIterator
            let page = try await engine.getRecords(GetRecordsInput(shardIterator: try #require(iterator)))
            regions += (page.records ?? []).map(\.awsRegion)
        }
        return regions
    }

    @Test func aRegionThatIsSetIsTold() async throws {
        let directory = try TemporaryDirectory()
        let engine = try open(directory, "ap-northeast-1")
        #expect(!engine.dependsOnCaller)
        // Not looked at, so not refused either.
        let view = try engine.seen(by: Caller(region: "no region", accessKeyID: "no key"))
        #expect(try await view.createTable(definition).tableDescription.tableArn == arn("ap-northeast-1"))
        await engine.close()
    }

    @Test(arguments: ["", "eu west", "eu|west", "eu:west", "eu/west", "é", String(repeating: "r", count: 65)])
    func whatIsNoRegionIsRefused(text: String) async throws {
        let directory = try TemporaryDirectory()
        let engine = try open(directory)
        let error = #expect(throws: DynamoDBError.self) { try engine.seen(by: Caller(region: text)) }
        #expect(error?.code == .invalidSignatureException)
        #expect(error?.message == "Credential should be scoped to a valid region, not '\(text)'. ")
        await engine.close()
    }

    /// Earlier versions said `local`, and microseconds in labels. Clients have such ARNs.
    @Test func arnsOfEarlierVersionsAreUnderstood() async throws {
        let directory = try TemporaryDirectory()
        let engine = try open(directory, "ap-northeast-1")
        _ = try await engine.createTable(definition)
        _ = try await engine.putItem(
            PutItemInput(tableName: EventTable.name, item: ["PK": .string("p"), "SK": .string("s")]))
        let start = try await engine.perform("Test") { core in
            core.catalogue.table(named: EventTable.name)?.openStream?.start
        }
        let old = arn("local") + "/stream/\(timestamp(microsecondsSince1970: try #require(start)))"
        #expect(try await records(engine, old) == ["ap-northeast-1"])
        _ = try await engine.tagResource(TagResourceInput(resourceArn: arn("local"), tags: [Tag(key: "k", value: "v")]))
        #expect(
            try await engine.listTagsOfResource(ListTagsOfResourceInput(resourceArn: arn("local"))).tags?.count == 1)
        let backup = try await engine.createBackup(CreateBackupInput(tableName: arn("local"), backupName: "kept"))
        let told = try #require(backup.backupDetails?.backupArn)
        #expect(told.hasPrefix(arn("ap-northeast-1") + "/backup/"))
        let kept = arn("local") + told.dropFirst(arn("ap-northeast-1").count)
        try await engine.waitUntilAvailable(kept)
        let described = try await engine.describeBackup(DescribeBackupInput(backupArn: kept)).backupDescription
        #expect(described?.backupDetails?.backupArn == told)
        #expect(described?.sourceTableDetails?.tableArn == arn("ap-northeast-1"))
        let restored = try await engine.restoreTableFromBackup(
            RestoreTableFromBackupInput(targetTableName: "Restored", backupArn: kept)
        ).tableDescription
        #expect(restored?.restoreSummary?.sourceBackupArn == told)
        try await engine.waitUntilActive("Restored")
        #expect(try await engine.scanAll("Restored").count == 1)
        await engine.close()
    }

    @Test func twoStreamsOfOneMillisecondHaveTwoLabels() throws {
        var record = TableRecord(EventTable.definition, at: 0) { 1 }
        let on = StreamSpecification(streamEnabled: true, streamViewType: .keysOnly)
        let off = StreamSpecification(streamEnabled: false)
        for (number, specification) in [on, off, on, off, on].enumerated() {
            try record.change(specification, at: 1_800_000_000_000_000 + UInt64(number))
        }
        #expect(
            record.streams.map(\.label) == [
                "2027-01-15T08:00:00.000", "2027-01-15T08:00:00.001", "2027-01-15T08:00:00.002",
            ])
        // They are kept, and a stream without one has its start's.
        let stored = try record.streams.map { try TableStream(stored: $0.stored()) }
        #expect(stored == record.streams)
    }
}
