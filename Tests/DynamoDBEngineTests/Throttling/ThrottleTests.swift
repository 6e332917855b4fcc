import DynamoDB
import Logging
import Synchronization
import Testing

@testable import DynamoDBEngine

@Suite struct ThrottleTests {
    private static let table = "Narrow"
    private static let tableMessage =
        "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API."
    private static let indexMessage =
        "The level of configured provisioned throughput for one or more global secondary indexes of the table was exceeded. Consider increasing your provisioning level for the under-provisioned global secondary indexes with the UpdateTable API"

    /// A clock that a test sets.
    private final class Clock: Sendable {
        private let time = Mutex(0.0)

        func advance(by seconds: Double) { time.withLock { $0 += seconds } }
        @Sendable func now() -> Double { time.withLock { $0 } }
    }

    private func open(_ directory: TemporaryDirectory, _ clock: Clock) throws -> Engine {
        var options = Engine.Options(directory: directory.path + "/data")
        options.enforceThroughput = true
        options.clock = EngineClock(elapsed: clock.now)
        return try Engine.open(options, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func makeTable(
        _ engine: Engine, read: Int, write: Int, indexRead: Int = 100, indexWrite: Int = 100
    ) async throws {
        _ = try await engine.createTable(
            CreateTableInput(
                tableName: Self.table,
                attributeDefinitions: ["id", "user"].map {
                    AttributeDefinition(attributeName: $0, attributeType: .string)
                },
                keySchema: [KeySchemaElement(attributeName: "id", keyType: .hash)],
                globalSecondaryIndexes: [
                    GlobalSecondaryIndex(
                        indexName: "by-user", keySchema: [KeySchemaElement(attributeName: "user", keyType: .hash)],
                        projection: Projection(projectionType: .all),
                        provisionedThroughput: ProvisionedThroughput(
                            readCapacityUnits: indexRead, writeCapacityUnits: indexWrite))
                ],
                provisionedThroughput: ProvisionedThroughput(readCapacityUnits: read, writeCapacityUnits: write)))
    }

    private func put(_ engine: Engine, _ id: Int, user: String? = nil, size: Int = 0) async throws {
        var item: Item = ["id": .string("\(id)"), "data": .string(String(repeating: "x", count: size))]
        item["user"] = user.map { .string($0) }
        _ = try await engine.putItem(PutItemInput(tableName: Self.table, item: item))
    }

    @Test func writesBeyondATablesThroughputAreRefused() async throws {
        let directory = try TemporaryDirectory()
        let clock = Clock()
        let engine = try open(directory, clock)
        try await makeTable(engine, read: 10, write: 3)
        for id in 0..<3 { try await put(engine, id) }
        await expect(.provisionedThroughputExceededException, Self.tableMessage) { try await put(engine, 3) }
        // Reads have a bucket of their own.
        let get = GetItemInput(tableName: Self.table, key: ["id": .string("3")])
        #expect(try await engine.getItem(get).item == nil)
        clock.advance(by: 1)
        // Seven units at once: two seconds later there still is a debt of one.
        try await put(engine, 4, size: 6_500)
        clock.advance(by: 1)
        await expect(.provisionedThroughputExceededException, Self.tableMessage) { try await put(engine, 5) }
        clock.advance(by: 1)
        try await put(engine, 5)
        await engine.close()
    }

    @Test func readsBeyondATablesThroughputAreRefused() async throws {
        let directory = try TemporaryDirectory()
        let clock = Clock()
        let engine = try open(directory, clock)
        try await makeTable(engine, read: 2, write: 100)
        try await put(engine, 1, user: "u")
        let get = GetItemInput(tableName: Self.table, key: ["id": .string("1")])
        for _ in 0..<4 { _ = try await engine.getItem(get) }
        await expect(.provisionedThroughputExceededException, Self.tableMessage) { try await engine.getItem(get) }
        await expect(.provisionedThroughputExceededException, Self.tableMessage) {
            try await engine.scan(ScanInput(tableName: Self.table))
        }
        // The index has its own.
        #expect(try await engine.scan(ScanInput(tableName: Self.table, indexName: "by-user")).count == 1)
        await engine.close()
    }

    @Test func anIndexHoldsBackTheWritesThatReachIt() async throws {
        let directory = try TemporaryDirectory()
        let clock = Clock()
        let engine = try open(directory, clock)
        try await makeTable(engine, read: 10, write: 100, indexWrite: 2)
        for id in 0..<2 { try await put(engine, id, user: "u") }
        await expect(.provisionedThroughputExceededException, Self.indexMessage) {
            try await put(engine, 2, user: "u")
        }
        try await put(engine, 3)
        #expect(try await engine.scanAll(Self.table).count == 3)
        await engine.close()
    }

    @Test func aBatchReturnsWhatWasNotWritten() async throws {
        let directory = try TemporaryDirectory()
        let clock = Clock()
        let engine = try open(directory, clock)
        try await makeTable(engine, read: 100, write: 4)
        let requests = (0..<6).map { WriteRequest.put(["id": .string("\($0)")]) }
        let input = BatchWriteItemInput(requestItems: [Self.table: requests], returnConsumedCapacity: .total)
        let output = try await engine.batchWriteItem(input)
        #expect(output.unprocessedItems == [Self.table: Array(requests[4...])])
        #expect(output.consumedCapacity?.map(\.capacityUnits) == [4])
        #expect(try await engine.scanAll(Self.table).count == 4)
        await expect(.provisionedThroughputExceededException, Self.tableMessage) {
            try await engine.batchWriteItem(input)
        }
        await engine.close()
    }

    @Test func onDemandTablesHaveTheirMaxima() async throws {
        let directory = try TemporaryDirectory()
        let clock = Clock()
        let engine = try open(directory, clock)
        try await makeTable(engine, read: 10, write: 1)
        var update = UpdateTableInput(tableName: Self.table, billingMode: .payPerRequest)
        _ = try await engine.updateTable(update)
        for id in 0..<50 { try await put(engine, id) }
        update = UpdateTableInput(
            tableName: Self.table, onDemandThroughput: OnDemandThroughput(maxWriteRequestUnits: 2))
        _ = try await engine.updateTable(update)
        for id in 0..<2 { try await put(engine, id) }
        await expect(
            .throttlingException, "Throughput exceeds the maximum OnDemandThroughput configured on table or index"
        ) { try await put(engine, 2) }
        update.onDemandThroughput = OnDemandThroughput(maxWriteRequestUnits: -1)
        _ = try await engine.updateTable(update)
        for id in 0..<50 { try await put(engine, id) }
        await engine.close()
    }

    @Test func aBatchReturnsTheKeysThatWereNotRead() async throws {
        let directory = try TemporaryDirectory()
        let clock = Clock()
        let engine = try open(directory, clock)
        try await makeTable(engine, read: 3, write: 100)
        for id in 0..<6 { try await put(engine, id) }
        let keys = (0..<6).map { ["id": .string("\($0)")] as Item }
        let input = BatchGetItemInput(
            requestItems: [Self.table: KeysAndAttributes(keys: keys, consistentRead: true)],
            returnConsumedCapacity: .total)
        let output = try await engine.batchGetItem(input)
        #expect(output.responses[Self.table]?.map { $0["id"] } == keys[..<3].map { $0["id"] })
        let unread = KeysAndAttributes(keys: Array(keys[3...]), consistentRead: true)
        #expect(output.unprocessedKeys == [Self.table: unread])
        #expect(output.consumedCapacity?.map(\.capacityUnits) == [3])
        await expect(.provisionedThroughputExceededException, Self.tableMessage) {
            try await engine.batchGetItem(input)
        }
        clock.advance(by: 1)
        #expect(
            try await engine.batchGetItem(BatchGetItemInput(requestItems: output.unprocessedKeys)).unprocessedKeys
                == [:])
        await engine.close()
    }

    @Test func nothingIsRefusedUnlessAsked() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        try await makeTable(engine, read: 1, write: 1)
        for id in 0..<20 { try await put(engine, id) }
        await engine.close()
    }
}
