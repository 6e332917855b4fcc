public import DynamoDB

extension Engine {
    /// Runs one PartiQL statement: a SELECT, or an INSERT, UPDATE or DELETE of one item.
    ///
    /// A SELECT whose WHERE clause names values of the partition key reads these partitions, any other the whole table
    /// or index.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`,
    ///   `ConditionalCheckFailedException`, `DuplicateItemException`, `InternalServerError`.
    public func executeStatement(_ input: ExecuteStatementInput) async throws -> ExecuteStatementOutput {
        try await perform("ExecuteStatement", input) { core in
            let statement = try Statement(input.statement, input.parameters)
            let table = try core.table(named: statement.tableName)
            if case .select(let select) = statement {
                let plan = try SelectPlan(select, on: table, limit: input.limit, consistentRead: input.consistentRead)
                let position = try input.nextToken.map { try StatementPosition(token: $0, of: input) }
                let page = try await plan.read(core, after: position?.lastKey)
                return ExecuteStatementOutput(
                    items: page.found.items,
                    nextToken: page.lastKey.map { StatementPosition(lastKey: $0).token(of: input) },
                    consumedCapacity: plan.request.consumedCapacity(of: page, input.returnConsumedCapacity),
                    lastEvaluatedKey: page.lastKey)
            }
            let outcome = try await statement.write(
                core, in: table, input.returnValuesOnConditionCheckFailure)
            return ExecuteStatementOutput(
                items: outcome.attributes.map { [$0] } ?? [],
                consumedCapacity: outcome.consumedCapacity(input.returnConsumedCapacity))
        }
    }
}

extension Statement {
    /// Reads the statement of a request.
    init(_ text: String, _ parameters: [AttributeValue]?) throws(DynamoDBError) {
        self = try StatementParser.statement(text, parameters: parameters ?? [])
    }

    /// How the statement, which is no SELECT, writes to its table; nil for a mere condition.
    func write(in table: Table) -> Result<StatementWrite, WriteKeyFault>? {
        switch self {
        case .insert(let insert): .success(StatementWrite(insert, in: table))
        case .update(let update): Result { () throws(WriteKeyFault) in try StatementWrite(update, in: table) }
        case .delete(let delete): Result { () throws(WriteKeyFault) in try StatementWrite(delete, in: table) }
        case .select, .exists: nil
        }
    }

    var returning: ReturnValues? {
        switch self {
        case .update(let update): update.returning
        case .delete(let delete): delete.returning
        case .select, .insert, .exists: nil
        }
    }

    /// Carries out a write on its own.
    func write(
        _ core: EngineCore, in table: Table, _ onFailure: ReturnValuesOnConditionCheckFailure?
    ) async throws -> ItemWrite.Outcome {
        guard let write = try write(in: table)?.mapError(\.error).get() else {
            throw DynamoDBError.validation("EXISTS can only be used in ExecuteTransaction write requests.")
        }
        if isInsert { try table.requireKey(of: write.given) }
        let request = ItemWrite(
            tableName: write.tableName, condition: write.condition, returnValues: returning ?? ReturnValues.none,
            returnsOldOnFailure: onFailure == .allOld)
        do {
            return try await request.run(core, write.plan)
        } catch let error as DynamoDBError where error.code == .conditionalCheckFailedException && isInsert {
            throw DynamoDBError(code: .duplicateItemException, message: Statement.duplicateItem)
        }
    }

    var isInsert: Bool {
        if case .insert = self { true } else { false }
    }

    static let duplicateItem = "Duplicate primary key exists in table"
}
