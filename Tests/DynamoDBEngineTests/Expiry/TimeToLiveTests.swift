import DynamoDB
import Foundation
import Testing

@testable import DynamoDBEngine

/// Expired items are deleted, and nothing else is.
@Suite struct TimeToLiveTests {
    private static let table = StreamTable.name

    private static func specification(_ enabled: Bool, _ attribute: String = "ttl") -> UpdateTimeToLiveInput {
        UpdateTimeToLiveInput(
            tableName: table,
            timeToLiveSpecification: TimeToLiveSpecification(attributeName: attribute, enabled: enabled))
    }

    private static func item(_ id: Int, _ ttl: AttributeValue?) -> Item {
        var item: Item = ["id": .number(DecimalNumber(id)), "owner": .string("o")]
        item["ttl"] = ttl
        return item
    }

    /// A table with a stream and a global index.
    private func makeTable(_ engine: Engine) async throws {
        var definition = StreamTable.definition()
        definition.attributeDefinitions.append(AttributeDefinition(attributeName: "owner", attributeType: .string))
        definition.globalSecondaryIndexes = [
            GlobalSecondaryIndex(
                indexName: "by-owner", keySchema: [KeySchemaElement(attributeName: "owner", keyType: .hash)],
                projection: Projection(projectionType: .keysOnly))
        ]
        _ = try await engine.createTable(definition)
    }

    /// Deletes everything that is due now.
    private func expire(_ engine: Engine) async throws {
        try await engine.perform("Test") { core in while try await core.deleteExpired() {} }
    }

    private func waitUntilFilled(_ engine: Engine) async throws {
        while try await engine.perform("Test", { $0.catalogue.table(named: Self.table)?.record.expiryFilling })
            != nil
        {
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    private func ids(_ engine: Engine, index: String? = nil) async throws -> Set<DecimalNumber> {
        Set(try await engine.scanAll(Self.table, index: index).compactMap { $0["id"]?.number })
    }

    private func entryCount(_ engine: Engine) async throws -> Int {
        try await engine.perform("Test") { core in
            try core.database.keys(in: .expiry, KeyRange(from: [], to: [0xFF]), atMost: 10_000).count
        }
    }

    @Test func onlyWhatIsDueIsDeleted() async throws {
        let directory = try TemporaryDirectory()
        let time = TestTime()
        let engine = try Engine.open(in: directory, at: time)
        try await makeTable(engine)
        _ = try await engine.updateTimeToLive(Self.specification(true))
        let now = time.seconds
        let values: [(value: AttributeValue?, isDue: Bool)] = [
            (.number(DecimalNumber(now + 10)), true), (.number(DecimalNumber(now + 11)), false), (nil, false),
            (.string("\(now)"), false), (.number(-1), false), (.number(0), false),
            (.number(DecimalNumber(now - 6 * 365 * 86_400)), false),
            (.number(DecimalNumber(now - 4 * 365 * 86_400)), true), (.number(DecimalNumber(now * 1000)), false),
            (.number(try DecimalNumber(parsing: "\(now + 10).5")), true),
            (.number(try DecimalNumber(parsing: "1E100")), false),
        ]
        for (id, value) in values.enumerated() { try await engine.put(Self.item(id, value.value)) }
        time.advance(seconds: 10)
        try await expire(engine)
        let left = Set(values.indices.filter { !values[$0].isDue }.map { DecimalNumber($0) })
        #expect(try await ids(engine) == left)
        #expect(try await ids(engine, index: "by-owner") == left)
        let description = try await engine.describeTable(DescribeTableInput(tableName: Self.table)).table
        #expect(description.itemCount == left.count)

        let removed = try await engine.readAll(try await engine.latestStream()).filter { $0.eventName == .remove }
        #expect(removed.count == values.count - left.count)
        for event in removed {
            #expect(event.userIdentity == StreamIdentity(principalId: "dynamodb.amazonaws.com", type: "Service"))
            #expect(event.dynamodb?.oldImage?["owner"] == .string("o"))
        }
        await engine.close()
    }

    @Test func aChangedItemExpiresByItsNewTime() async throws {
        let directory = try TemporaryDirectory()
        let time = TestTime()
        let engine = try Engine.open(in: directory, at: time)
        try await makeTable(engine)
        _ = try await engine.updateTimeToLive(Self.specification(true))
        let soon = AttributeValue.number(DecimalNumber(time.seconds + 5))
        let late = AttributeValue.number(DecimalNumber(time.seconds + 50))
        for id in 0..<4 { try await engine.put(Self.item(id, soon)) }
        try await engine.put(Self.item(0, late))
        _ = try await engine.updateItem(
            UpdateItemInput(
                tableName: Self.table, key: ["id": .number(1)], updateExpression: "REMOVE #ttl",
                expressionAttributeNames: ["#ttl": "ttl"]))
        try await engine.delete(2)
        try await engine.put(Self.item(2, late))
        #expect(try await entryCount(engine) == 3)
        time.advance(seconds: 5)
        try await expire(engine)
        #expect(try await ids(engine) == [0, 1, 2])
        time.advance(seconds: 45)
        try await expire(engine)
        #expect(try await ids(engine) == [1])
        #expect(try await entryCount(engine) == 0)
        await engine.close()
    }

    @Test func anEntryWhoseItemHasChangedDoesNoHarm() async throws {
        let directory = try TemporaryDirectory()
        let time = TestTime()
        let engine = try Engine.open(in: directory, at: time)
        try await makeTable(engine)
        _ = try await engine.updateTimeToLive(Self.specification(true))
        try await engine.put(Self.item(1, .number(DecimalNumber(time.seconds + 100))))
        try await engine.perform("Test") { core in
            let table = try core.table(named: Self.table)
            let batch = RocksBatch(for: core.database)
            for id in 1...2 {
                let key = try table.storageKey(ofKey: ["id": .number(DecimalNumber(id))])
                batch.put(ExpiryEntry(second: UInt64(time.seconds - 1), itemKey: key).key, [], in: .expiry)
            }
            try core.database.write(batch, mode: .patient)
        }
        try await expire(engine)
        #expect(try await ids(engine) == [1])
        #expect(try await entryCount(engine) == 1)
        await engine.close()
    }

    @Test func turningExpiryOnFindsItemsFromBefore() async throws {
        let directory = try TemporaryDirectory()
        let time = TestTime()
        let engine = try Engine.open(in: directory, at: time)
        try await makeTable(engine)
        let due = AttributeValue.number(DecimalNumber(time.seconds + 60))
        let count = 500
        for start in stride(from: 0, to: count, by: 25) {
            let puts = (start..<start + 25).map { WriteRequest.put(Self.item($0, $0 % 2 == 0 ? due : nil)) }
            _ = try await engine.batchWriteItem(BatchWriteItemInput(requestItems: [Self.table: puts]))
        }
        // Writers at work while the order is filled: those of the upper half lose their time, and new ones gain one.
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for id in count / 2..<count { try await engine.put(Self.item(id, nil)) }
            }
            group.addTask {
                for id in count..<count + 100 { try await engine.put(Self.item(id, due)) }
            }
            _ = try await engine.updateTimeToLive(Self.specification(true))
            // What a kill at this moment leaves.
            let copy = try TemporaryDirectory()
            try FileManager.default.copyItem(atPath: directory.path + "/data", toPath: copy.path + "/data")
            let reopened = try Engine.open(in: copy, at: time)
            try await waitUntilFilled(reopened)
            let items = try await reopened.scanAll(Self.table)
            let expiring = items.count { $0["ttl"]?.number != nil }
            let entries = try await entryCount(reopened)
            #expect(entries == expiring)
            await reopened.close()
            try await group.waitForAll()
        }
        try await waitUntilFilled(engine)
        #expect(try await entryCount(engine) == count / 4 + 100)
        time.advance(seconds: 60)
        try await expire(engine)
        let left = Set((0..<count).filter { $0 >= count / 2 || $0 % 2 == 1 }.map { DecimalNumber($0) })
        #expect(try await ids(engine) == left)
        #expect(try await entryCount(engine) == 0)
        await engine.close()
    }

    @Test func turningExpiryOffKeepsItems() async throws {
        let directory = try TemporaryDirectory()
        let time = TestTime()
        let engine = try Engine.open(in: directory, at: time)
        try await makeTable(engine)
        _ = try await engine.updateTimeToLive(Self.specification(true))
        await expect(.validationException, "TimeToLive is already enabled") {
            try await engine.updateTimeToLive(Self.specification(true))
        }
        try await engine.put(Self.item(1, .number(DecimalNumber(time.seconds + 5))))
        _ = try await engine.updateTimeToLive(Self.specification(false))
        #expect(try await entryCount(engine) == 0)
        try await engine.put(Self.item(2, .number(DecimalNumber(time.seconds + 5))))
        time.advance(seconds: 5)
        try await expire(engine)
        #expect(try await ids(engine) == [1, 2])

        _ = try await engine.updateTimeToLive(Self.specification(true, "other"))
        try await waitUntilFilled(engine)
        try await expire(engine)
        #expect(try await ids(engine) == [1, 2])
        _ = try await engine.deleteTable(DeleteTableInput(tableName: Self.table))
        #expect(try await entryCount(engine) == 0)
        await engine.close()
    }

    /// A table that is being restored has no expiry yet; turned on later, it finds all items.
    @Test func expiryOfARestoredTable() async throws {
        let directory = try TemporaryDirectory()
        let time = TestTime()
        let engine = try Engine.open(in: directory, at: time)
        try await makeTable(engine)
        let due = AttributeValue.number(DecimalNumber(time.seconds + 60))
        for id in 0..<100 { try await engine.put(Self.item(id, due)) }
        let arn = try #require(
            try await engine.createBackup(CreateBackupInput(tableName: Self.table, backupName: "a-backup"))
                .backupDetails?.backupArn)
        try await engine.waitUntilAvailable(arn)
        let gate = try await LongWorkGate(engine)
        _ = try await engine.restoreTableFromBackup(
            RestoreTableFromBackupInput(targetTableName: "Restored", backupArn: arn))
        var specification = Self.specification(true)
        specification.tableName = "Restored"
        await expect(
            .resourceInUseException,
            "Attempt to change a resource which is still in use: Table is being created: Restored"
        ) { try await engine.updateTimeToLive(specification) }
        gate.open()
        try await engine.waitUntilActive("Restored")
        _ = try await engine.updateTimeToLive(specification)
        time.advance(seconds: 61)
        let deadline = ContinuousClock.now + .seconds(60)
        while try await !engine.scanAll("Restored").isEmpty {
            try #require(ContinuousClock.now < deadline, "nothing is deleted")
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(try await ids(engine).count == 100)
        await engine.close()
    }

    /// Work on an order that was given up does not end the work on the next one.
    @Test func aFillingIsNotTakenForAnother() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory, at: TestTime())
        try await makeTable(engine)
        let due = DecimalNumber(TestTime().seconds + 60)
        for id in 0..<200 {
            try await engine.put(["id": .number(DecimalNumber(id)), "owner": .string("o"), "other": .number(due)])
        }
        try await engine.perform("Test") { core in
            func change(_ change: (inout TableRecord) -> Void) throws -> Table {
                try #require(try core.catalogue.change(Self.table) { change(&$0) })
            }
            let first = try change { ($0.timeToLiveAttribute, $0.expiryFilling) = ("ttl", 1) }
            var given = Backfill(of: .expiry(1), in: first)
            for _ in 0..<3 { try await given.advance(core) }
            let second = try change { ($0.timeToLiveAttribute, $0.expiryFilling) = ("other", 2) }
            while !given.isDone { try await given.advance(core) }
            #expect(core.catalogue.table(named: Self.table)?.record.expiryFilling == 2)
            var next = Backfill(of: .expiry(2), in: second)
            while !next.isDone { try await next.advance(core) }
        }
        #expect(try await entryCount(engine) == 200)

        // The same of indexes of one name.
        try await engine.perform("Test") { core in
            let table = try core.table(named: Self.table)
            let index = try #require(table.index(named: "by-owner"))
            _ = try await core.changes.run { try core.catalogue.change(Self.table) { $0.backfills.insert("by-owner") } }
            var other = Backfill(of: .index("by-owner", id: index.id + 1_000), in: table)
            while !other.isDone { try await other.advance(core) }
            #expect(core.catalogue.table(named: Self.table)?.record.backfills == ["by-owner"])
            var own = Backfill(of: .index("by-owner", id: index.id), in: table)
            while !own.isDone { try await own.advance(core) }
            #expect(core.catalogue.table(named: Self.table)?.record.backfills == [])
        }
        await engine.close()
    }

    /// Large items are filled in and deleted in more batches, none is left out.
    @Test func largeItemsExpire() async throws {
        let directory = try TemporaryDirectory()
        let time = TestTime()
        let engine = try Engine.open(in: directory, at: time)
        try await makeTable(engine)
        for id in 0..<30 {
            var item = Self.item(id, .number(DecimalNumber(time.seconds + 60)))
            item["text"] = .string(String(repeating: "x", count: 200_000))
            try await engine.put(item)
        }
        _ = try await engine.updateTable(
            UpdateTableInput(
                tableName: Self.table,
                attributeDefinitions: [AttributeDefinition(attributeName: "owner", attributeType: .string)],
                globalSecondaryIndexUpdates: [
                    GlobalSecondaryIndexUpdate(
                        create: GlobalSecondaryIndex(
                            indexName: "all", keySchema: [KeySchemaElement(attributeName: "owner", keyType: .hash)],
                            projection: Projection(projectionType: .all)))
                ]))
        while try await engine.perform("Test", { try $0.table(named: Self.table).record.backfills.isEmpty }) == false {
            try await Task.sleep(for: .milliseconds(2))
        }
        #expect(try await ids(engine, index: "all").count == 30)
        _ = try await engine.updateTimeToLive(Self.specification(true))
        try await waitUntilFilled(engine)
        time.advance(seconds: 61)
        try await expire(engine)
        #expect(try await ids(engine).isEmpty)
        #expect(try await ids(engine, index: "all").isEmpty)
        await engine.close()
    }

    @Test func theBackgroundDeletesWithoutBeingAsked() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        try await makeTable(engine)
        _ = try await engine.updateTimeToLive(Self.specification(true))
        for id in 0..<200 { try await engine.put(Self.item(id, .number(DecimalNumber(Int(currentTime()))))) }
        let deadline = ContinuousClock.now + .seconds(30)
        while try await !ids(engine).isEmpty {
            try #require(ContinuousClock.now < deadline, "nothing is deleted")
            try await Task.sleep(for: .milliseconds(20))
        }
        await engine.close()
        // Nothing in the background keeps the directory open.
        let again = try Engine.open(in: directory)
        await again.close()
    }

    @Test func entriesAreReadBackInOrderOfTime() throws {
        let keys: [[UInt8]] = [[0, 0, 0, 1, 5, 5, 5, 5, 9], [0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3]]
        let entries = [0, 1, 255, 256, 1 << 40].flatMap { second in
            keys.map { ExpiryEntry(second: second, itemKey: $0) }
        }
        for entry in entries {
            #expect(try ExpiryEntry(key: entry.key) == entry)
            #expect(ExpiryEntry.range(of: 1, from: 0, upTo: entry.second).contains(entry.key))
            #expect(!ExpiryEntry.range(of: 2, from: 0, upTo: entry.second).contains(entry.key))
            if entry.second > 0 {
                #expect(!ExpiryEntry.range(of: 1, from: 0, upTo: entry.second - 1).contains(entry.key))
            }
        }
        #expect(throws: StoredDataError.self) { try ExpiryEntry(key: [0, 0, 0, 1, 2]) }
    }
}
