internal import DynamoDB

/// The statements of an ExecuteTransaction, as the transaction that they make.
enum StatementTransaction {
    /// With what each SELECT returns of its item.
    case read(ReadTransaction, [StatementProjection?])
    /// With the positions of the INSERTs.
    case write(WriteTransaction, inserts: Set<Int>)

    /// - Throws: `ValidationException` that names the statement at fault.
    init(_ input: ExecuteTransactionInput, _ core: EngineCore) throws {
        let statements = try input.eachStatement { request, _ in try Statement(request.statement, request.parameters) }
        guard Set(statements.map(\.isRead)).count <= 1 else {
            throw DynamoDBError.validation(
                "ExecuteTransaction API does not support both read and write operations in the same request.")
        }
        if statements.allSatisfy(\.isRead) {
            let reads = try input.eachStatement { _, position in
                try SingleRead(statements[position], inTransactionOf: core)
            }
            self = .read(
                ReadTransaction(
                    reads: zip(reads, statements).map { read, statement in
                        ReadTransaction.Read(
                            tableName: statement.tableName, key: read.key, projection: read.projection?.attributes)
                    }), reads.map(\.projection))
            return
        }
        try checkTransactionPayload(
            input.transactStatements.map { AttributeValue.list($0.parameters ?? []).sizeInBytes })
        let actions = try input.eachStatement { request, position in
            let statement = statements[position]
            let plan = try statement.transactionPlan(in: try core.table(named: statement.tableName))
            return WriteTransaction.Action(
                tableName: plan.tableName, condition: plan.condition,
                returnsOldOnFailure: request.returnValuesOnConditionCheckFailure == .allOld, change: plan.change)
        }
        let inserts = Set(statements.indices.filter { statements[$0].isInsert })
        self = .write(WriteTransaction(actions: actions, token: try input.token), inserts: inserts)
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
        get throws(DynamoDBError) {
            guard let clientRequestToken else { return nil }
            var digest = RequestDigest()
            for request in transactStatements {
                digest.add(request.statement)
                digest.add(.list(request.parameters ?? []))
                digest.add(request.returnValuesOnConditionCheckFailure?.rawValue)
            }
            return try RequestToken(clientRequestToken, digest)
        }
    }
}

extension SingleRead {
    fileprivate init(_ statement: Statement, inTransactionOf core: EngineCore) throws(DynamoDBError) {
        let table = try core.table(named: statement.tableName)
        guard case .select(let select) = statement, select.indexName == nil else {
            throw .validation("Reads on indices are not supported within transactions.")
        }
        guard let read = SingleRead(select, on: table) else {
            throw .validation(
                "Select statements within ExecuteTransaction must specify the primary key in the where clause.")
        }
        self = read
    }
}

extension Statement {
    fileprivate func transactionPlan(in table: Table) throws(DynamoDBError) -> WritePlan {
        guard returning == nil else {
            throw .validation("RETURNING clause is not supported in ExecuteTransaction.")
        }
        if let plan = try writePlan(in: table) { return plan }
        guard case .exists(let select) = self, let check = WritePlan(checking: select, in: table) else {
            throw .validation("EXISTS() must contain a single item read with additional condition")
        }
        return check
    }
}

extension WritePlan {
    /// A condition on an item; nil unless the SELECT names one item and says something more of it.
    fileprivate init?(checking select: SelectStatement, in table: Table) {
        var terms = Conjunction(select.condition)
        guard select.indexName == nil, let key = terms.takeKey(table.key), !terms.terms.isEmpty else { return nil }
        self.init(table, if: select.condition) { table throws(DynamoDBError) in
            .none(table, key: try table.storageKey(ofKey: key))
        }
    }
}
