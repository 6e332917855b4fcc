import DynamoDB
import Testing

/// The error that the operation throws; nil if it throws none, or another.
func failure<Output>(_ body: () async throws -> Output) async -> DynamoDBError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? DynamoDBError
    }
}

/// Expects AWS's exception and message.
func expect<Output>(
    _ code: DynamoDBError.Code, _ message: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Output
) async {
    let error = await failure(body)
    #expect(error?.code == code, sourceLocation: sourceLocation)
    #expect(error?.message == message, sourceLocation: sourceLocation)
}
