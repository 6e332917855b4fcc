import DynamoDB
import Testing

@testable import DynamoDBEngine

/// Streams as their readers see them.
@Suite struct StreamTests {
    private static let day = 24 * 3600
    private static let item: Item = ["id": .number(1), "text": .string("one")]
    private static let changed: Item = ["id": .number(1), "text": .string("two"), "list": .list([.null])]

    @Test(arguments: StreamViewType.allCases)
    func viewsHoldWhatTheyName(view: StreamViewType) async throws {
        let directory = try TemporaryDirectory()
        let time = TestTime()
        let engine = try Engine.open(in: directory, at: time)
        let created = try await engine.createTable(StreamTable.definition(view)).tableDescription
        #expect(created.streamSpecification == StreamSpecification(streamEnabled: true, streamViewType: view))
        let arn = try #require(created.latestStreamArn)
        #expect(arn == "\(try #require(created.tableArn))/stream/\(try #require(created.latestStreamLabel))")

        try await engine.put(Self.item)
        try await engine.put(Self.changed)
        try await engine.delete(1)
        let events = try await engine.readAll(arn)
        #expect(events.map(\.eventName) == [.insert, .modify, .remove])
        #expect(Set(events.map(\.eventID)).count == 3)
        let records = try events.map { try #require($0.dynamodb) }
        let hasNew = view == .newImage || view == .newAndOldImages
        let hasOld = view == .oldImage || view == .newAndOldImages
        #expect(records.map(\.newImage) == (hasNew ? [Self.item, Self.changed, nil] : [nil, nil, nil]))
        #expect(records.map(\.oldImage) == (hasOld ? [nil, Self.item, Self.changed] : [nil, nil, nil]))
        for (event, record) in zip(events, records) {
            #expect(event.eventVersion == "1.1" && event.eventSource == "aws:dynamodb")
            #expect(event.awsRegion == "us-east-1")
            #expect(event.userIdentity == nil)
            #expect(record.keys == ["id": .number(1)])
            #expect(record.streamViewType == view)
            #expect(record.approximateCreationDateTime == Double(time.seconds))
            let images = [record.keys, record.newImage, record.oldImage].reduce(0) { $0 + ($1?.sizeInBytes ?? 0) }
            #expect(record.sizeBytes == images)
        }
        await engine.close()
    }

    @Test func aWriteThatChangesNothingLeavesNoRecord() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        _ = try await engine.createTable(StreamTable.definition())
        let numbers = Set((0..<20).map { DecimalNumber($0) })
        try await engine.put(["id": .number(1), "a": .numberSet(numbers), "b": .string("x")])
        for _ in 0..<5 {
            var again = Item(minimumCapacity: 100)
            again["b"] = .string("x")
            again["a"] = .numberSet(Set(numbers.shuffled()))
            again["id"] = .number(1)
            try await engine.put(again)
        }
        try await engine.delete(2)
        _ = try await engine.updateItem(
            UpdateItemInput(
                tableName: StreamTable.name, key: ["id": .number(1)], updateExpression: "SET b = :x REMOVE c",
                expressionAttributeValues: [":x": .string("x")]))
        #expect(try await engine.readAll(try await engine.latestStream()).map(\.eventName) == [.insert])
        await engine.close()
    }

    @Test func aBatchIsInItsOrderAndPagesGoOn() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        _ = try await engine.createTable(StreamTable.definition())
        for start in stride(from: 0, to: 100, by: 25) {
            let puts = (start..<start + 25).map { WriteRequest.put(["id": .number(DecimalNumber($0))]) }
            _ = try await engine.batchWriteItem(BatchWriteItemInput(requestItems: [StreamTable.name: puts]))
        }
        let arn = try await engine.latestStream()
        let events = try await engine.readAll(arn, limit: 3)
        #expect(events == (try await engine.readAll(arn)))
        #expect(Set(events.map { $0.dynamodb?.keys }).count == 100 && events.count == 100)
        var shardsInUse = 0
        for shard in try await engine.shardIDs(of: arn) {
            let numbers = try await engine.read(try await engine.iterator(arn, shard)).events
                .map { try #require($0.dynamodb?.sequenceNumber) }
            #expect(numbers == numbers.sorted() && Set(numbers).count == numbers.count)
            shardsInUse += numbers.isEmpty ? 0 : 1
        }
        #expect(shardsInUse == 4)
        await engine.close()
    }

    @Test func iteratorsBeginWhereTheySay() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        _ = try await engine.createTable(StreamTable.definition())
        let arn = try await engine.latestStream()
        for round in 0..<5 { try await engine.put(["id": .number(1), "round": .number(DecimalNumber(round))]) }
        var found: String?
        for shard in try await engine.shardIDs(of: arn) {
            if try await !engine.read(try await engine.iterator(arn, shard)).events.isEmpty { found = shard }
        }
        let shard = try #require(found)
        let all = try await engine.read(try await engine.iterator(arn, shard)).events
        let third = try #require(all[2].dynamodb?.sequenceNumber)
        #expect(
            try await engine.read(try await engine.iterator(arn, shard, .atSequenceNumber, third)).events
                == Array(all[2...]))
        #expect(
            try await engine.read(try await engine.iterator(arn, shard, .afterSequenceNumber, third)).events
                == Array(all[3...]))
        let latest = try await engine.iterator(arn, shard, .latest)
        #expect(try await engine.read(latest).events.isEmpty)
        try await engine.put(["id": .number(1), "round": .number(5)])
        #expect(try await engine.read(latest).events.count == 1)
        for (timestamp, count) in [(0.0, 6), (4e9, 0)] {
            let input = GetShardIteratorInput(
                streamArn: arn, shardId: shard, shardIteratorType: .atTimestamp, timestamp: timestamp)
            let iterator = try await engine.getShardIterator(input).shardIterator
            #expect(try await engine.read(iterator).events.count == count)
        }
        await expect(.validationException, "Timestamp must be specified with the ShardIteratorType AT_TIMESTAMP") {
            try await engine.iterator(arn, shard, .atTimestamp)
        }

        await #expect(throws: DynamoDBError.self) { try await engine.iterator(arn, shard, .atSequenceNumber) }
        await #expect(throws: DynamoDBError.self) { try await engine.iterator(arn, shard, .latest, third) }
        await #expect(throws: DynamoDBError.self) { try await engine.iterator(arn, shard, .atSequenceNumber, "5") }
        #expect(await failure { try await engine.iterator(arn, shard + "0") }?.code == .resourceNotFoundException)
        #expect(await failure { try await engine.iterator(arn + "0", shard) }?.code == .resourceNotFoundException)
        await engine.close()
    }

    @Test func iteratorsExpireAndRecordsAreTrimmed() async throws {
        let directory = try TemporaryDirectory()
        let time = TestTime()
        let engine = try Engine.open(in: directory, at: time)
        _ = try await engine.createTable(StreamTable.definition())
        let arn = try await engine.latestStream()
        try await engine.put(Self.item)
        let first = try #require(try await engine.readAll(arn).first?.dynamodb?.sequenceNumber)
        let shards = try await engine.shardIDs(of: arn)
        let iterator = try await engine.iterator(arn, shards[0])
        time.advance(seconds: 15 * 60)
        let next = try await engine.read(iterator).next
        time.advance(seconds: 1)
        #expect(await failure { try await engine.read(iterator) }?.code == .expiredIteratorException)
        _ = try await engine.read(next)

        time.advance(seconds: Self.day - 1_000)
        try await engine.put(Self.changed)
        time.advance(seconds: 1_000)
        for trims in [false, true] {
            if trims { try await engine.perform("Test") { try $0.trimStreams() } }
            #expect(try await engine.readAll(arn).map(\.eventName) == [.modify])
            let error = await failure { try await engine.iterator(arn, shards[0], .atSequenceNumber, first) }
            #expect(error?.code == .trimmedDataAccessException)
        }
        let kept = try await engine.perform("Test") { core in
            try core.database.keys(in: .streams, KeyRange(from: [], to: [0xFF]), atMost: 10)
        }
        #expect(kept.count == 1)
        await engine.close()
    }

    @Test func aDisabledStreamIsReadableForADay() async throws {
        let directory = try TemporaryDirectory()
        let time = TestTime()
        var engine = try Engine.open(in: directory, at: time)
        _ = try await engine.createTable(StreamTable.definition())
        let first = try await engine.latestStream()
        try await engine.put(Self.item)
        #expect(
            await failure { try await engine.updateTable(StreamTable.update(.keysOnly)) }?.code == .validationException)
        let disabled = try await engine.updateTable(StreamTable.update(nil)).tableDescription
        #expect(disabled.streamSpecification == nil && disabled.latestStreamArn == first)
        #expect(await failure { try await engine.updateTable(StreamTable.update(nil)) }?.code == .validationException)
        try await engine.put(Self.changed)
        time.advance(seconds: 60)
        _ = try await engine.updateTable(StreamTable.update(.newImage))
        let second = try await engine.latestStream()
        #expect(first != second)
        try await engine.delete(1)

        await engine.close()
        engine = try Engine.open(in: directory, at: time)
        #expect(try await engine.listStreams(ListStreamsInput()).streams?.map(\.streamArn) == [first, second])
        #expect(try await engine.readAll(first).map(\.eventName) == [.insert])
        #expect(try await engine.readAll(second).map(\.eventName) == [.remove])
        let description = try await engine.describeStream(DescribeStreamInput(streamArn: first)).streamDescription
        #expect(description.streamStatus == .disabled)
        for shard in description.shards ?? [] {
            #expect(shard.sequenceNumberRange?.endingSequenceNumber != nil)
            let id = try #require(shard.shardId)
            #expect(try await engine.read(try await engine.iterator(first, id)).next == nil)
        }

        time.advance(seconds: Self.day)
        try await engine.perform("Test") { try $0.trimStreams() }
        #expect(try await engine.listStreams(ListStreamsInput()).streams?.map(\.streamArn) == [second])
        _ = try await engine.deleteTable(DeleteTableInput(tableName: StreamTable.name))
        #expect(try await engine.listStreams(ListStreamsInput()).streams == [])
        #expect(await failure { try await engine.readAll(second) }?.code == .resourceNotFoundException)
        await engine.close()
    }

    @Test func listsAndDescriptionsArePaged() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        for name in ["aaa", "bbb", "ccc"] { _ = try await engine.createTable(StreamTable.definition(name: name)) }
        _ = try await engine.createTable(StreamTable.definition(nil, name: "ddd"))
        var names: [String?] = []
        var start: String?
        repeat {
            let page = try await engine.listStreams(ListStreamsInput(limit: 1, exclusiveStartStreamArn: start))
            names += (page.streams ?? []).map(\.tableName)
            start = page.lastEvaluatedStreamArn
        } while start != nil
        #expect(names == ["aaa", "bbb", "ccc"])
        #expect(try await engine.listStreams(ListStreamsInput(tableName: "bbb")).streams?.count == 1)
        #expect(try await engine.listStreams(ListStreamsInput(tableName: "ddd")).streams?.count == 0)

        let arn = try await engine.latestStream("aaa")
        var shards: [Shard] = []
        var last: String?
        repeat {
            let page = try await engine.describeStream(
                DescribeStreamInput(streamArn: arn, limit: 3, exclusiveStartShardId: last)
            ).streamDescription
            shards += page.shards ?? []
            last = page.lastEvaluatedShardId
        } while last != nil
        let all = try await engine.describeStream(DescribeStreamInput(streamArn: arn)).streamDescription
        #expect(shards == all.shards && shards.count == 4)
        #expect(all.streamStatus == .enabled && all.tableName == "aaa" && all.keySchema?.count == 1)
        await engine.close()
    }

    /// A clock set back must not give a commit a number that a record on disk has, or a smaller one.
    @Test func numbersAscendWhenTheClockIsSetBack() async throws {
        let directory = try TemporaryDirectory()
        let time = TestTime()
        var engine = try Engine.open(in: directory, at: time)
        _ = try await engine.createTable(StreamTable.definition())
        let arn = try await engine.latestStream()
        for round in 0..<6 {
            try await engine.put(["id": .number(1), "round": .number(DecimalNumber(round))])
            await engine.close()
            time.advance(seconds: -10)
            engine = try Engine.open(in: directory, at: time)
        }
        let rounds = try await engine.readAll(arn).map { $0.dynamodb?.newImage?["round"] }
        #expect(rounds == (0..<6).map { .number(DecimalNumber($0)) })
        await engine.close()
    }
}
