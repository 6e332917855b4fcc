internal import DynamoDB

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
