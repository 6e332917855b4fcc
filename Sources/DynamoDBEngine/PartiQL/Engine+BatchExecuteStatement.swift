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

/// What one statement of a BatchExecuteStatement did.
struct BatchMember: Sendable {
    var response = BatchStatementResponse()
    var consumedCapacity: ConsumedCapacity?

    /// Before anything was done.
    init() {}

    /// Carries the statement out.
    init(
        _ statement: Statement, _ request: BatchStatementRequest, _ core: EngineCore, _ detail: ReturnConsumedCapacity?
    ) async throws {
        let table = try core.table(named: statement.tableName)
        response.tableName = table.name
        guard case .select(let select) = statement else {
            // AWS gives no item with an error here, though it can be asked for.
            let outcome = try await statement.write(core, in: table, nil)
            response.item = outcome.attributes
            consumedCapacity = outcome.consumedCapacity(detail)
            return
        }
        guard let read = try SingleRead(select, on: table) else {
            throw DynamoDBError.validation(
                "Select statements within BatchExecuteStatement must specify the primary key in the where clause.")
        }
        let (row, units) = try await read.run(core, on: table, consistent: request.consistentRead ?? false)
        response.item = row
        consumedCapacity = ConsumedCapacity(detail, of: table, units: units, indexUnits: [])
    }

    /// A statement that failed.
    init(_ error: any Error) {
        let code = (error as? DynamoDBError)?.code ?? .internalServerError
        response.error = BatchStatementError(
            code: BatchStatementErrorCode(code), message: (error as? DynamoDBError)?.message)
        // AWS names the table only where the statement reached an item.
        if code == .conditionalCheckFailedException || code == .duplicateItemException {
            response.tableName = (error as? DynamoDBError)?.table
        }
    }
}

extension BatchStatementErrorCode {
    fileprivate init(_ code: DynamoDBError.Code) {
        self =
            switch code {
            case .conditionalCheckFailedException: .conditionalCheckFailed
            case .duplicateItemException: .duplicateItem
            case .validationException: .validationError
            case .resourceNotFoundException: .resourceNotFound
            case .itemCollectionSizeLimitExceededException: .itemCollectionSizeLimitExceeded
            case .provisionedThroughputExceededException: .provisionedThroughputExceeded
            case .transactionConflictException: .transactionConflict
            case .requestLimitExceeded: .requestLimitExceeded
            case .throttlingException: .throttlingError
            case .accessDeniedException: .accessDenied
            default: .internalServerError
            }
    }
}
