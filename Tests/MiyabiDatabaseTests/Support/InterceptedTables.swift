import DynamoDB
import DynamoDBEngine
import MiyabiTestSupport

/// The engine, with something done before each request or to the answer of a query: faults and delays that the engine
/// itself does not have.
struct InterceptedTables: DynamoDBAPI {
    let engine: Engine
    /// Gets the partition key of each item that is to be written; may wait, or throw.
    var beforeWriting: @Sendable (String) async throws -> Void = { _ in }
    var beforeReading: @Sendable (GetItemInput) async throws -> Void = { _ in }
    var onTransaction: @Sendable (TransactWriteItemsInput) async throws -> Void = { _ in }
    var onQuery: @Sendable (QueryOutput) async -> QueryOutput = { $0 }

    func getItem(_ input: GetItemInput) async throws -> GetItemOutput {
        try await beforeReading(input)
        return try await engine.getItem(input)
    }
    func query(_ input: QueryInput) async throws -> QueryOutput { await onQuery(try await engine.query(input)) }
    func transactGetItems(_ input: TransactGetItemsInput) async throws -> TransactGetItemsOutput {
        try await engine.transactGetItems(input)
    }

    func putItem(_ input: PutItemInput) async throws -> PutItemOutput {
        try await beforeWriting(input.item["PK"]?.string ?? "")
        return try await engine.putItem(input)
    }

    func updateItem(_ input: UpdateItemInput) async throws -> UpdateItemOutput {
        try await beforeWriting(input.key["PK"]?.string ?? "")
        return try await engine.updateItem(input)
    }

    func batchWriteItem(_ input: BatchWriteItemInput) async throws -> BatchWriteItemOutput {
        for case .put(let item) in input.requestItems.values.joined() {
            try await beforeWriting(item["PK"]?.string ?? "")
        }
        return try await engine.batchWriteItem(input)
    }

    func transactWriteItems(_ input: TransactWriteItemsInput) async throws -> TransactWriteItemsOutput {
        try await onTransaction(input)
        for case .put(let put) in input.transactItems { try await beforeWriting(put.item["PK"]?.string ?? "") }
        return try await engine.transactWriteItems(input)
    }
}
