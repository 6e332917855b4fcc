import DynamoDB
import DynamoDBEngine
import MiyabiTestSupport

/// The engine behind a network that loses the first answer to each update and transaction: the client sends it again.
struct ResendingTables: DynamoDBAPI {
    let engine: Engine

    func getItem(_ input: GetItemInput) async throws -> GetItemOutput { try await engine.getItem(input) }

    func updateItem(_ input: UpdateItemInput) async throws -> UpdateItemOutput {
        _ = try await engine.updateItem(input)
        return try await engine.updateItem(input)
    }

    func transactWriteItems(_ input: TransactWriteItemsInput) async throws -> TransactWriteItemsOutput {
        _ = try await engine.transactWriteItems(input)
        return try await engine.transactWriteItems(input)
    }

    func putItem(_ input: PutItemInput) async throws -> PutItemOutput { try await engine.putItem(input) }
    func query(_ input: QueryInput) async throws -> QueryOutput { try await engine.query(input) }
    func batchWriteItem(_ input: BatchWriteItemInput) async throws -> BatchWriteItemOutput {
        try await engine.batchWriteItem(input)
    }
}
