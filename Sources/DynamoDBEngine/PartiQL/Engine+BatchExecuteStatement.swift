public import DynamoDB

extension Engine {
    /// Runs up to 25 PartiQL statements at once, each on its own: all reads or all writes, each of one item.
    ///
    /// A statement that fails tells so in its response; the others are carried out.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `InternalServerError`.
    public func batchExecuteStatement(_ input: BatchExecuteStatementInput) async throws -> BatchExecuteStatementOutput {
        try await perform("BatchExecuteStatement", input) { _ in
            let statements = input.statements.map { request in
                Result { () throws(DynamoDBError) in
                    if let fault = request.parametersFault { throw .validation(fault) }
                    return try Statement(request.statement, request.parameters)
                }
            }
            guard Set(statements.compactMap { try? $0.get().isRead }).count <= 1 else {
                throw DynamoDBError.validation(
                    "BatchExecuteStatement API does not support both read and write operations in the same request.")
            }
            let results = await run(statements, of: input)
            return BatchExecuteStatementOutput(
                responses: results.map(\.response),
                consumedCapacity: input.returnConsumedCapacity.flatMap { detail in
                    detail == .none ? nil : results.compactMap(\.consumedCapacity)
                })
        }
    }

    /// At once, so that writes share a sync.
    private func run(
        _ statements: [Result<Statement, DynamoDBError>], of input: BatchExecuteStatementInput
    ) async -> [BatchMember] {
        await withTaskGroup(of: (Int, BatchMember).self) { group in
            for (position, statement) in statements.enumerated() {
                group.addTask {
                    (position, await self.run(statement, input.statements[position], input.returnConsumedCapacity))
                }
            }
            var results = Array(repeating: BatchMember(), count: statements.count)
            for await (position, result) in group { results[position] = result }
            return results
        }
    }

    private func run(
        _ statement: Result<Statement, DynamoDBError>, _ request: BatchStatementRequest,
        _ detail: ReturnConsumedCapacity?
    ) async -> BatchMember {
        do {
            return try await perform("BatchExecuteStatement", request, on: (try? statement.get())?.tableName) {
                core in
                try await BatchMember(try statement.get(), request, core, detail)
            }
        } catch {
            return BatchMember(error)
        }
    }
}
