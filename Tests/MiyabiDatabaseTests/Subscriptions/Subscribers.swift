import DynamoDB
import DynamoDBEngine
import MiyabiDatabase
import MiyabiTestSupport
import Synchronization

/// What the handlers of a test have seen.
final class Seen<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])

    var all: [Element] { elements.withLock { $0 } }

    func add(_ element: Element) { elements.withLock { $0.append(element) } }
}

extension StreamSubscription.Options {
    /// For tests: what others would have to wait for is short.
    static func quick(pageSize: Int = 10) -> Self {
        Self(pollInterval: .milliseconds(2), pageSize: pageSize, attempts: 3)
    }
}

/// Runs workers side by side until something is true, and then stops them.
///
/// - Throws: What a worker throws before it is stopped.
func running(
    _ workers: [@Sendable () async throws -> Void], until isDone: () async throws -> Bool
) async throws {
    let failures = Seen<any Error>()
    try await withThrowingTaskGroup(of: Void.self) { group in
        defer { group.cancelAll() }
        for worker in workers {
            group.addTask {
                do {
                    try await worker()
                } catch {
                    if !Task.isCancelled { failures.add(error) }
                }
            }
        }
        while failures.all.isEmpty, try await !isDone() { try await Task.sleep(for: .milliseconds(1)) }
    }
    if let failure = failures.all.first { throw failure }
}

/// Puts items into a table with a stream, each in a partition of its own.
func put(_ keys: [String], version: Int = 0, in engine: Engine) async throws {
    for key in keys {
        let item: Item = ["PK": .string(key), "SK": 0, "version": .number(DecimalNumber(version))]
        _ = try await engine.putItem(
            PutItemInput(tableName: MiyabiTables.webSocketMessages.tableName, item: item))
    }
}

extension StreamEvent {
    /// The partition key of what was changed.
    var partition: String { dynamodb?.keys?["PK"]?.string ?? "" }
}

/// The engine, whose stream has dropped whatever lay before any checkpoint.
struct TrimmedStream: DynamoDBAPI {
    let engine: Engine

    func getShardIterator(_ input: GetShardIteratorInput) async throws -> GetShardIteratorOutput {
        guard input.shardIteratorType == .trimHorizon else {
            throw DynamoDBError(code: .trimmedDataAccessException, message: "trimmed")
        }
        return try await engine.getShardIterator(input)
    }

    func describeTable(_ input: DescribeTableInput) async throws -> DescribeTableOutput {
        try await engine.describeTable(input)
    }
    func describeStream(_ input: DescribeStreamInput) async throws -> DescribeStreamOutput {
        try await engine.describeStream(input)
    }
    func getRecords(_ input: GetRecordsInput) async throws -> GetRecordsOutput { try await engine.getRecords(input) }
    func getItem(_ input: GetItemInput) async throws -> GetItemOutput { try await engine.getItem(input) }
    func putItem(_ input: PutItemInput) async throws -> PutItemOutput { try await engine.putItem(input) }
    func updateItem(_ input: UpdateItemInput) async throws -> UpdateItemOutput { try await engine.updateItem(input) }
    func query(_ input: QueryInput) async throws -> QueryOutput { try await engine.query(input) }
    func batchWriteItem(_ input: BatchWriteItemInput) async throws -> BatchWriteItemOutput {
        try await engine.batchWriteItem(input)
    }
    func transactWriteItems(_ input: TransactWriteItemsInput) async throws -> TransactWriteItemsOutput {
        try await engine.transactWriteItems(input)
    }
}

/// The engine, of whose requests every seventh is throttled.
struct ThrottledStream: DynamoDBAPI {
    let engine: Engine
    private let requests = Seen<Void>()

    init(engine: Engine) {
        self.engine = engine
    }

    private func admitted() throws -> Engine {
        requests.add(())
        guard requests.all.count % 7 != 0 else {
            throw DynamoDBError(code: .provisionedThroughputExceededException, message: "slow down")
        }
        return engine
    }

    func describeTable(_ input: DescribeTableInput) async throws -> DescribeTableOutput {
        try await admitted().describeTable(input)
    }
    func describeStream(_ input: DescribeStreamInput) async throws -> DescribeStreamOutput {
        try await admitted().describeStream(input)
    }
    func getShardIterator(_ input: GetShardIteratorInput) async throws -> GetShardIteratorOutput {
        try await admitted().getShardIterator(input)
    }
    func getRecords(_ input: GetRecordsInput) async throws -> GetRecordsOutput {
        try await admitted().getRecords(input)
    }
    func getItem(_ input: GetItemInput) async throws -> GetItemOutput { try await admitted().getItem(input) }
    func updateItem(_ input: UpdateItemInput) async throws -> UpdateItemOutput {
        try await admitted().updateItem(input)
    }
    func deleteItem(_ input: DeleteItemInput) async throws -> DeleteItemOutput {
        try await admitted().deleteItem(input)
    }
    func query(_ input: QueryInput) async throws -> QueryOutput { try await admitted().query(input) }
    func putItem(_ input: PutItemInput) async throws -> PutItemOutput { try await admitted().putItem(input) }
    func batchWriteItem(_ input: BatchWriteItemInput) async throws -> BatchWriteItemOutput {
        try await admitted().batchWriteItem(input)
    }
    func transactWriteItems(_ input: TransactWriteItemsInput) async throws -> TransactWriteItemsOutput {
        try await admitted().transactWriteItems(input)
    }
}
