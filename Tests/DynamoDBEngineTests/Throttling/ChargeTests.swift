import DynamoDB
import Synchronization
import Testing

@testable import DynamoDBEngine

/// What writes take from their table's bucket, told by how many more it lets in.
@Suite struct ChargeTests {
    private static let table = "Charged"
    private static let rate = 10

    private let directory: TemporaryDirectory
    private let engine: Engine

    /// The clock stands still: the bucket holds ten units.
    init() async throws {
        directory = try TemporaryDirectory()
        var options = Engine.Options(directory: directory.path + "/data")
        options.enforceThroughput = true
        options.clock = EngineClock(elapsed: { 0 })
        engine = try Engine.open(options, logger: .silent)
        for name in [Self.table, "Other"] {
            _ = try await engine.createTable(
                CreateTableInput(
                    tableName: name,
                    attributeDefinitions: [AttributeDefinition(attributeName: "id", attributeType: .string)],
                    keySchema: [KeySchemaElement(attributeName: "id", keyType: .hash)],
                    provisionedThroughput: ProvisionedThroughput(
                        readCapacityUnits: Self.rate, writeCapacityUnits: Self.rate)))
        }
    }

    private static let key: Item = ["id": "a"]

    private func put() async throws {
        _ = try await engine.putItem(PutItemInput(tableName: Self.table, item: Self.key.merging(["n": 1]) { $1 }))
    }

    /// How many writes of one unit each the table still lets in.
    private func writesLeft() async -> Int {
        var count = 0
        while await failure({ try await put() }) == nil { count += 1 }
        return count
    }

    private func readsLeft() async -> Int {
        let get = GetItemInput(tableName: Self.table, key: Self.key, consistentRead: true)
        var count = 0
        while await failure({ try await engine.getItem(get) }) == nil { count += 1 }
        return count
    }

    private func update(_ expression: String, _ key: Item = key) async throws {
        _ = try await engine.updateItem(
            UpdateItemInput(
                tableName: Self.table, key: key, updateExpression: expression,
                expressionAttributeValues: expression.contains(":one") ? [":one": 1] : nil))
    }

    @Test func anUpdateThatChangesNothing() async throws {
        try await put()
        try await update("SET n = :one")
        try await update("REMOVE absent")
        try await update("REMOVE absent", ["id": "no item"])
        #expect(await writesLeft() == Self.rate - 4)
        await engine.close()
    }

    @Test func aDeleteOfNothing() async throws {
        _ = try await engine.deleteItem(DeleteItemInput(tableName: Self.table, key: Self.key))
        #expect(await writesLeft() == Self.rate - 1)
        await engine.close()
    }

    /// It costs as much as the write would, and is not even looked at once nothing is left.
    @Test func aConditionThatIsNotMet() async throws {
        let refused = PutItemInput(
            tableName: Self.table, item: Self.key, conditionExpression: "attribute_not_exists(id)")
        try await put()
        for _ in 1..<Self.rate {
            #expect(await failure { try await engine.putItem(refused) }?.code == .conditionalCheckFailedException)
        }
        #expect(await failure { try await engine.putItem(refused) }?.code == .provisionedThroughputExceededException)
        await engine.close()
    }

    @Test func aTransactionTakesTwice() async throws {
        try await put()
        let check = ConditionCheck(tableName: Self.table, key: Self.key, conditionExpression: "attribute_exists(id)")
        let update = Update(
            tableName: Self.table, key: ["id": "b"], updateExpression: "SET n = :one",
            expressionAttributeValues: [":one": 1])
        let input = TransactWriteItemsInput(
            transactItems: [.conditionCheck(check), .update(update)], clientRequestToken: "token")
        _ = try await engine.transactWriteItems(input)
        // Sent again it only reads: the two items, twice.
        _ = try await engine.transactWriteItems(input)
        #expect(await writesLeft() == Self.rate - 5)
        #expect(await readsLeft() == Self.rate - 4)
        await engine.close()
    }

    @Test func aTransactionTellsWhatLacksThroughput() async throws {
        let throttled =
            "The level of configured provisioned throughput for the table was exceeded. Consider "
            + "increasing your provisioning level with the UpdateTable API."
        let writes = [Put(tableName: "Other", item: Self.key), Put(tableName: Self.table, item: Self.key)]
        let reads = [Get(tableName: "Other", key: Self.key), Get(tableName: Self.table, key: Self.key)]
        _ = await writesLeft()
        let write = await failure {
            try await engine.transactWriteItems(TransactWriteItemsInput(transactItems: writes.map { .put($0) }))
        }
        #expect(write?.code == .transactionCanceledException)
        #expect(
            write?.message == "Transaction cancelled, please refer cancellation reasons for specific reasons "
                + "[None, ProvisionedThroughputExceeded]")
        let reasons = [
            CancellationReason(code: "None"),
            CancellationReason(code: "ProvisionedThroughputExceeded", message: throttled),
        ]
        #expect(write?.cancellationReasons == reasons)
        #expect(try await engine.getItem(GetItemInput(tableName: "Other", key: Self.key)).item == nil)

        _ = await readsLeft()
        let read = await failure {
            try await engine.transactGetItems(
                TransactGetItemsInput(transactItems: reads.map { TransactGetItem(get: $0) }))
        }
        #expect(read?.code == .transactionCanceledException)
        #expect(read?.cancellationReasons == reasons)
        await engine.close()
    }

    @Test func onDemandATransactionIsThrottled() async throws {
        _ = try await engine.updateTable(
            UpdateTableInput(
                tableName: Self.table, billingMode: .payPerRequest,
                onDemandThroughput: OnDemandThroughput(maxWriteRequestUnits: 1)))
        _ = await writesLeft()
        let error = await failure {
            try await engine.transactWriteItems(
                TransactWriteItemsInput(transactItems: [.put(Put(tableName: Self.table, item: Self.key))]))
        }
        #expect(
            error?.cancellationReasons == [
                CancellationReason(
                    code: "ThrottlingError",
                    message: "Throughput exceeds the maximum OnDemandThroughput configured on table or index")
            ])
        await engine.close()
    }

    /// A commit that RocksDB stalls is made again from its beginning.
    @Test func aCommitThatIsMadeTwiceIsChargedOnce() async throws {
        try await engine.perform("Test") { core in
            let table = try core.table(named: Self.table)
            let write = try PlannedWrite(
                putting: Self.key, encoded: try EncodedItem(Self.key, from: .put), in: table)
            let runs = Runs()
            let effect = try await core.commits.commit(keys: [write.key]) { unit in
                let effect = try write.stage(replacing: try StoredValue(core.database, key: write.key), in: unit)
                if runs.count() == 1 { throw StorageError(message: "Result incomplete: Write stall") }
                return effect
            }
            #expect(effect != nil && runs.count() == 3)
        }
        #expect(await writesLeft() == Self.rate - 1)
        await engine.close()
    }
}

private final class Runs: Sendable {
    private let number = Atomic(0)

    /// How often it was called, this time included.
    func count() -> Int { number.add(1, ordering: .relaxed).newValue }
}
