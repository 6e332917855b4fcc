internal import DynamoDB

/// The statements of an ExecuteTransaction, as the transaction that they make.
enum StatementTransaction {
    /// With what each SELECT returns of its item.
    case read(ReadTransaction, [StatementProjection?])
    /// With the positions of the INSERTs.
    case write(WriteTransaction, inserts: Set<Int>)

    /// - Throws: `ValidationException` that names the statement at fault; `TransactionCanceledException` for a table
    ///   that does not exist, and for writes that name no item.
    init(_ input: ExecuteTransactionInput, _ core: EngineCore) throws {
        let statements = try input.eachStatement { request, _ in try Statement(request.statement, request.parameters) }
        guard Set(statements.map(\.isRead)).count <= 1 else {
            throw DynamoDBError.validation(
                "ExecuteTransaction API does not support both read and write operations in the same request.")
        }
        let tables = try statements.map { statement in try core.tableIfExists(named: statement.tableName) }
        if statements.allSatisfy(\.isRead) {
            let reads = try input.eachStatement { _, position in
                try tables[position].map { try SingleRead(statements[position], inTransactionOn: $0) }
            }
            try requireTables(tables)
            self = .read(
                ReadTransaction(
                    reads: zip(reads, statements).compactMap { read, statement in
                        read.map {
                            ReadTransaction.Read(
                                tableName: statement.tableName, key: $0.key, projection: $0.projection?.attributes)
                        }
                    }), reads.map { $0?.projection })
            return
        }
        try checkTransactionPayload(
            input.transactStatements.map { AttributeValue.list($0.parameters ?? []).sizeInBytes })
        let plans = try input.eachStatement { _, position in
            try tables[position].map { try statements[position].transactionPlan(in: $0) }
        }
        try requireTables(tables)
        let actions = try writes(
            zip(plans, tables).compactMap { plan, table -> (Result<StatementWrite, WriteKeyFault>, Table)? in
                guard let plan, let table else { return nil }
                return (plan, table)
            })
        let inserts = Set(statements.indices.filter { statements[$0].isInsert })
        self = .write(
            WriteTransaction(
                actions: zip(actions, input.transactStatements).map { write, request in
                    WriteTransaction.Action(
                        tableName: write.tableName, condition: write.condition,
                        returnsOldOnFailure: request.returnValuesOnConditionCheckFailure == .allOld,
                        given: write.given, plan: write.plan)
                }, token: input.token), inserts: inserts)
    }
}

/// Cancels a transaction of which a table does not exist.
private func requireTables(_ tables: [Table?]) throws(DynamoDBError) {
    guard tables.contains(where: { $0 == nil }) else { return }
    throw .transactionCancelled(
        tables.map { table in
            table == nil
                ? CancellationReason(code: "ResourceNotFound", message: "Requested resource not found") : .none
        })
}

/// The plans; cancels a transaction of which one names no item, telling every one that does not.
private func writes(_ plans: [(Result<StatementWrite, WriteKeyFault>, Table)]) throws -> [StatementWrite] {
    for case (.success(let plan), let table) in plans { try table.refuseEmptyKey(in: plan.given) }
    var reasons: [CancellationReason] = []
    let writes = try plans.compactMap { result, table in
        try CancellationReason.collect(into: &reasons) {
            guard case .success(let plan) = result else { throw Table.schemaMismatch }
            _ =
                try plan.isInsert
                ? table.storageKey(ofItem: plan.given, from: .put) : table.storageKey(ofKey: plan.given)
            return plan
        }
    }
    if reasons.isCancelling { throw DynamoDBError.transactionCancelled(reasons) }
    return writes
}

extension EngineCore {
    fileprivate func tableIfExists(named name: String) throws(DynamoDBError) -> Table? {
        do {
            return try table(named: name)
        } catch {
            guard error.code == .resourceNotFoundException else { throw error }
            return nil
        }
    }
}

extension ExecuteTransactionInput {
    /// What `body` makes of each statement; errors name the statement.
    fileprivate func eachStatement<Result>(
        _ body: (ParameterizedStatement, Int) throws -> Result
    ) throws -> [Result] {
        try transactStatements.enumerated().map { position, request in
            do {
                return try body(request, position)
            } catch let error as DynamoDBError where error.code == .validationException {
                throw DynamoDBError.validation("Validation failed in TransactStatements[\(position)]: \(error.message)")
            }
        }
    }

    fileprivate var token: RequestToken? {
        guard let clientRequestToken else { return nil }
        var digest = RequestDigest()
        for request in transactStatements {
            digest.add(request.statement)
            digest.add(.list(request.parameters ?? []))
            digest.add(request.returnValuesOnConditionCheckFailure?.rawValue)
        }
        return RequestToken(clientRequestToken, digest)
    }
}

extension SingleRead {
    fileprivate init(_ statement: Statement, inTransactionOn table: Table) throws(DynamoDBError) {
        guard case .select(let select) = statement, select.indexName == nil else {
            throw .validation("Reads on indices are not supported within transactions.")
        }
        guard let read = try SingleRead(select, on: table) else {
            throw .validation(
                "Select statements within ExecuteTransaction must specify the primary key in the where clause.")
        }
        self = read
    }
}

extension Statement {
    fileprivate func transactionPlan(in table: Table) throws(DynamoDBError) -> Result<StatementWrite, WriteKeyFault> {
        guard returning == nil else {
            throw .validation("RETURNING clause is not supported in ExecuteTransaction.")
        }
        if let plan = write(in: table) { return plan }
        guard case .exists(let select) = self else {
            throw .validation("Unsupported operation in transaction.")
        }
        if let fault = select.fault { throw fault }
        guard select.indexName == nil else {
            throw .validation("Operations on indices are not supported in transactions")
        }
        guard let check = StatementWrite(checking: select, in: table) else {
            throw .validation("EXISTS() must contain a single item read with additional condition")
        }
        return .success(check)
    }
}

extension StatementWrite {
    /// A condition on an item; nil unless the SELECT names one item and says something more of it.
    fileprivate init?(checking select: SelectStatement, in table: Table) {
        let terms = select.condition?.conjuncts ?? []
        var key: Item = [:]
        for attribute in table.key.all {
            guard let value = terms.lazy.compactMap({ $0.equality(of: attribute.name) }).first else { return nil }
            key[attribute.name] = value
        }
        guard terms.contains(where: { term in !key.contains { term.equality(of: $0.key) == $0.value } }) else {
            return nil
        }
        self.init(table, key, if: select.condition) { [key] table throws(DynamoDBError) in
            try PlannedWrite(checking: key, in: table)
        }
    }
}
