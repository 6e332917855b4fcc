import DynamoDB
import Foundation
import Fuzzing
import Testing

@testable import DynamoDBEngine

/// A new index holds what its table holds, whatever happens while it is filled.
@Suite struct BackfillTests {
    private static let table = "Things"
    private static let keyNames = ["owner", "kind", "rank", "at"]

    private static let indexes: [GlobalSecondaryIndex] = [
        index(["owner"], [], Projection(projectionType: .all)),
        index(["owner"], ["rank"], Projection(projectionType: .keysOnly)),
        index(["owner", "kind"], ["rank", "at"], Projection(projectionType: .include, nonKeyAttributes: ["note"])),
    ]

    private static func index(_ partition: [String], _ sort: [String], _ projection: Projection) -> GlobalSecondaryIndex
    {
        GlobalSecondaryIndex(
            indexName: "new",
            keySchema: partition.map { KeySchemaElement(attributeName: $0, keyType: .hash) }
                + sort.map { KeySchemaElement(attributeName: $0, keyType: .range) },
            projection: projection)
    }

    private static func type(of name: String) -> ScalarAttributeType {
        ["owner": .string, "kind": .binary, "rank": .number, "at": .number][name] ?? .string
    }

    private static func create(_ index: GlobalSecondaryIndex) -> UpdateTableInput {
        UpdateTableInput(
            tableName: table,
            attributeDefinitions: index.keySchema.map {
                AttributeDefinition(attributeName: $0.attributeName, attributeType: type(of: $0.attributeName))
            },
            globalSecondaryIndexUpdates: [GlobalSecondaryIndexUpdate(create: index)])
    }

    private func makeTable(_ engine: Engine) async throws {
        _ = try await engine.createTable(
            CreateTableInput(
                tableName: Self.table,
                attributeDefinitions: [AttributeDefinition(attributeName: "id", attributeType: .number)],
                keySchema: [KeySchemaElement(attributeName: "id", keyType: .hash)], billingMode: .payPerRequest))
    }

    /// - Parameter breaking: whether key attributes may be of a kind that an index refuses.
    private static func item(_ id: Int, breaking: Bool, _ random: inout SeededGenerator) -> Item {
        var item: Item = ["id": .number(DecimalNumber(id)), "note": .string(random.string()), "more": random.value()]
        for name in keyNames where Int.random(in: 0..<8, using: &random) > 0 {
            item[name] =
                switch type(of: name) {
                case .string: .string("o\(Int.random(in: 0...4, using: &random))")
                case .binary: .binary([UInt8.random(in: 0...1, using: &random)])
                case .number: .number(DecimalNumber(Int.random(in: -3...3, using: &random)))
                }
            if breaking, Int.random(in: 0..<10, using: &random) == 0 {
                item[name] = [.null, .string(""), .list([]), .string(String(repeating: "x", count: 2_049))]
                    .randomElement(using: &random)
            }
        }
        return item
    }

    @Test(arguments: 0..<3, [1] as [UInt64])
    func indexEqualsTable(layout: Int, seed: UInt64) async throws {
        let index = Self.indexes[layout]
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        try await makeTable(engine)
        var random = SeededGenerator(seed: seed)
        let count = 600
        for start in stride(from: 0, to: count, by: 25) {
            let puts = (start..<start + 25).map { WriteRequest.put(Self.item($0, breaking: true, &random)) }
            _ = try await engine.batchWriteItem(BatchWriteItemInput(requestItems: [Self.table: puts]))
        }

        let lock = try await HeldLock(engine)
        let response = try await engine.updateTable(Self.create(index)).tableDescription
        #expect(response.tableStatus == .updating)
        #expect(response.globalSecondaryIndexes?.map(\.indexStatus) == [.creating])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<3 {
                group.addTask { try await Self.write(engine, writer, of: 3, ids: count, seed: seed) }
            }
            // What a kill at this moment leaves: the log is the only file that grows, and it only grows. The first comes
            // before the backfill can begin, the others at some time while it goes on.
            for round in 0..<3 {
                let copy = try TemporaryDirectory()
                try FileManager.default.copyItem(atPath: directory.path + "/data", toPath: copy.path + "/data")
                lock.release()
                var reopened = try Engine.open(in: copy)
                if round == 1 {
                    await reopened.close()
                    reopened = try Engine.open(in: copy)
                }
                try await check(reopened, index, countsAreExact: false)
                await reopened.close()
            }
            try await group.waitForAll()
        }
        try await check(engine, index, countsAreExact: true)
        await engine.close()
    }

    /// Changes items of one writer's own until a while after the index is ready.
    private static func write(_ engine: Engine, _ writer: Int, of writers: Int, ids: Int, seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed * 100 + UInt64(writer))
        for _ in 0..<120 {
            let id = Int.random(in: 0..<ids / writers, using: &random) * writers + writer
            if Int.random(in: 0..<3, using: &random) == 0 {
                let key: Item = ["id": .number(DecimalNumber(id))]
                _ = try await engine.deleteItem(DeleteItemInput(tableName: table, key: key))
            } else {
                _ = try await engine.putItem(PutItemInput(tableName: table, item: item(id, breaking: false, &random)))
            }
        }
    }

    /// Waits until the index is ready, and compares it with the table.
    private func check(_ engine: Engine, _ index: GlobalSecondaryIndex, countsAreExact: Bool) async throws {
        try await engine.waitUntilActive(Self.table)
        let names = index.keySchema.map(\.attributeName)
        let projected = ["id"] + names + (index.projection.nonKeyAttributes ?? [])
        var expected: [Item] = []
        for item in try await engine.scanAll(Self.table) {
            let belongs = names.allSatisfy { name in
                guard let value = item[name] else { return false }
                if case .string(let text) = value, text.isEmpty || text.utf8.count > 2_048 { return false }
                return Self.type(of: name).matches(value)
            }
            guard belongs else { continue }
            expected.append(index.projection.projectionType == .all ? item : item.filter { projected.contains($0.key) })
        }
        let entries = try await engine.scanAll(Self.table, index: "new")
        #expect(entries.count == expected.count)
        #expect(Set(entries) == Set(expected))
        if countsAreExact {
            let description = try await engine.describeTable(DescribeTableInput(tableName: Self.table)).table
            #expect(description.globalSecondaryIndexes?.first?.itemCount == expected.count)
            #expect(description.globalSecondaryIndexes?.first?.backfilling == nil)
        }
    }

    /// An item that is older than the index, and breaks its rules, is changed as any other: it stays out of the index until
    /// an update gives it a key that fits.
    @Test func anOlderItemThatBreaksTheIndexCanBeUpdated() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        try await makeTable(engine)
        let misfits: [AttributeValue] = [
            .number(1), .null, .string(""), .list([]), .string(.init(repeating: "x", count: 2_049)),
        ]
        for (id, owner) in misfits.enumerated() {
            _ = try await engine.putItem(
                PutItemInput(tableName: Self.table, item: ["id": .number(id), "owner": owner]))
        }
        _ = try await engine.updateTable(Self.create(Self.indexes[0]))
        try await engine.waitUntilActive(Self.table)
        for id in misfits.indices {
            func update(_ expression: String) -> UpdateItemInput {
                UpdateItemInput(
                    tableName: Self.table, key: ["id": .number(id)], returnValues: .allNew,
                    updateExpression: expression, expressionAttributeValues: [":v": .string("new")])
            }
            let updated = try await engine.updateItem(update("SET note = :v")).attributes
            #expect(updated == ["id": .number(id), "owner": misfits[id], "note": .string("new")])
            _ = try await engine.transactWriteItems(
                TransactWriteItemsInput(transactItems: [
                    .update(
                        Update(
                            tableName: Self.table, key: ["id": .number(id)], updateExpression: "SET more = :v",
                            expressionAttributeValues: [":v": .string("new")]))
                ]))
            #expect(try await engine.scanAll(Self.table, index: "new").count == id)
            // Given again, it is refused as for any item.
            var given = update("SET #owner = :v")
            given.expressionAttributeNames = ["#owner": "owner"]
            given.expressionAttributeValues = [":v": misfits[id]]
            #expect(await failure { try await engine.updateItem(given) }?.code == .validationException)
            given.expressionAttributeValues = [":v": .string("new")]
            _ = try await engine.updateItem(given)
            #expect(try await engine.scanAll(Self.table, index: "new").count == id + 1)
        }
        await engine.close()
    }

    /// A backfill is of one index, and not of whatever has its name later.
    @Test func anIndexMadeAnewIsFilledFromTheBeginning() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        try await makeTable(engine)
        for id in 0..<200 {
            _ = try await engine.putItem(
                PutItemInput(tableName: Self.table, item: ["id": .number(id), "owner": .string("o")]))
        }
        try await engine.perform("Test") { core in
            /// What UpdateTable does, but for the backfill, which this test moves.
            func change(_ update: GlobalSecondaryIndexUpdate, _ input: UpdateTableInput) throws -> Table {
                var input = input
                input.globalSecondaryIndexUpdates = [update]
                let table = try core.catalogue.change(Self.table) { record throws(DynamoDBError) in
                    record.status = .active
                    try TableUpdate(input, at: 0).apply(to: &record, at: core.clock.mark())
                }
                return try #require(table)
            }
            let creation = Self.create(Self.indexes[0])
            func create() throws -> (Index, Backfill) {
                let table = try change(GlobalSecondaryIndexUpdate(create: Self.indexes[0]), creation)
                let index = try #require(table.index(named: "new"))
                return (index, Backfill(of: .index(index.name, id: index.id), in: table))
            }
            var (_, old) = try create()
            for _ in 0..<2 { try await old.advance(core) }
            _ = try change(
                GlobalSecondaryIndexUpdate(delete: DeleteGlobalSecondaryIndexAction(indexName: "new")), creation)
            var (index, new) = try create()
            while !old.isDone { try await old.advance(core) }
            #expect(core.catalogue.table(named: Self.table)?.record.backfills == ["new"])
            while !new.isDone { try await new.advance(core) }
            let entries = try core.database.keys(in: .indexes, ItemKey.range(of: index.id), atMost: 1000)
            #expect(entries.count == 200)
        }
        #expect(try await engine.scanAll(Self.table, index: "new").count == 200)
        await engine.close()
    }

    @Test func expiryTurnedOnAgainIsFilledFromTheBeginning() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        try await makeTable(engine)
        for id in 0..<200 {
            _ = try await engine.putItem(
                PutItemInput(
                    tableName: Self.table, item: ["id": .number(id), "at": .number(4_000_000_000)]))
        }
        try await engine.perform("Test") { core in
            /// What UpdateTimeToLive does, but for the backfill, which this test moves.
            func enable() throws -> Backfill {
                let filling = core.clock.mark()
                let table = try #require(
                    try core.catalogue.change(Self.table) { record in
                        record.timeToLiveAttribute = "at"
                        record.expiryFilling = filling
                    })
                return Backfill(of: .expiry(filling), in: table)
            }
            let range = ItemKey.range(of: try core.table(named: Self.table).id)
            var old = try enable()
            for _ in 0..<2 { try await old.advance(core) }
            let batch = RocksBatch(for: core.database)
            batch.deleteRange(range, in: .expiry)
            try core.database.write(batch, mode: .patient)
            var new = try enable()
            while !old.isDone { try await old.advance(core) }
            #expect(core.catalogue.table(named: Self.table)?.record.expiryFilling != nil)
            while !new.isDone { try await new.advance(core) }
            #expect(try core.database.keys(in: .expiry, range, atMost: 1000).count == 200)
        }
        await engine.close()
    }

    @Test func writesThatBreakTheNewIndexAreRefusedAtOnce() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        try await makeTable(engine)
        _ = try await engine.updateTable(Self.create(Self.indexes[0]))
        await expect(
            .validationException,
            "One or more parameter values were invalid: Type mismatch for Index Key owner Expected: S Actual: N IndexName: new"
        ) {
            try await engine.putItem(
                PutItemInput(tableName: Self.table, item: ["id": .number(1), "owner": .number(1)]))
        }
        await engine.close()
    }

    @Test func anIndexCannotBeReadBeforeItIsFilled() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        try await makeTable(engine)
        let lock = try await HeldLock(engine)
        _ = try await engine.updateTable(Self.create(Self.indexes[0]))
        let description = try await engine.describeTable(DescribeTableInput(tableName: Self.table)).table
        #expect(description.tableStatus == .updating)
        #expect(description.globalSecondaryIndexes?.first?.indexStatus == .creating)
        #expect(description.globalSecondaryIndexes?.first?.backfilling == false)
        await expect(.validationException, "Cannot read from backfilling global secondary index: new") {
            try await engine.scan(ScanInput(tableName: Self.table, indexName: "new"))
        }
        await expect(
            .resourceInUseException,
            "Attempt to change a resource which is still in use: Table is being updated: \(Self.table)"
        ) {
            try await engine.updateTable(
                UpdateTableInput(tableName: Self.table, deletionProtectionEnabled: true))
        }
        await expect(
            .resourceInUseException,
            "Attempt to change a resource which is still in use: Table is being updated: \(Self.table)"
        ) {
            try await engine.deleteTable(DeleteTableInput(tableName: Self.table))
        }
        lock.release()
        try await engine.waitUntilActive(Self.table)
        #expect(try await engine.scanAll(Self.table, index: "new").isEmpty)
        await engine.close()
    }
}

/// Holds the lock of some items, and so keeps a backfill in its first phase for as long as a test wants.
private final class HeldLock: Sendable {
    private let released = DispatchSemaphore(value: 0)

    init(_ engine: Engine) async throws {
        let stripes = try await engine.perform("Test") { $0.commits.stripes }
        let released = released
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                do {
                    try stripes.withLocks(on: [HeldLock.stripe]) {
                        continuation.resume()
                        released.wait()
                    }
                } catch {
                    Issue.record(error)
                }
            }
        }
    }

    func release() { released.signal() }

    /// Of no item of these tests, whose writers must not wait.
    private static let stripe = 65_535
}
