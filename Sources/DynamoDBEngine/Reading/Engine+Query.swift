public import DynamoDB

extension Engine {
    /// Reads the items of one partition of a table or index, in the order of the sort key.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`,
    ///   `InternalServerError`.
    public func query(_ input: QueryInput) async throws -> QueryOutput {
        var (found, output) = try await query(input, as: ItemValues.self)
        output.items = found?.items
        return output
    }

    /// - Returns: what was found, if it is wanted, and the output without it.
    func query<Found: FoundItems>(
        _ input: QueryInput, as _: Found.Type
    ) async throws -> (found: Found?, output: QueryOutput) {
        try await perform("Query", input, on: input.tableName) { core in
            let request = try PageRequest(input, core)
            let page = try await request.read(core, as: Found.self)
            if request.isConsistent { try await core.durability.settleReads(of: request.scope) }
            let output = QueryOutput(
                count: page.count, scannedCount: page.scannedCount, lastEvaluatedKey: page.lastKey,
                consumedCapacity: request.consumedCapacity(of: page, input.returnConsumedCapacity))
            return (request.reader.countsOnly ? nil : page.found, output)
        }
    }
}

extension PageRequest {
    fileprivate init(_ input: QueryInput, _ core: EngineCore) throws(DynamoDBError) {
        try refuseMixing(
            [
                "AttributesToGet": input.attributesToGet, "QueryFilter": input.queryFilter,
                "ConditionalOperator": input.conditionalOperator,
                // Beside the other expressions KeyConditions may stand.
                "KeyConditions": input.keyConditionExpression.flatMap { _ in input.keyConditions },
            ],
            with: [
                "ProjectionExpression": input.projectionExpression, "FilterExpression": input.filterExpression,
                "KeyConditionExpression": input.keyConditionExpression,
            ])
        // Of all that a Query checks before it looks for the table, this alone AWS puts into an envelope.
        if input.select == .specificAttributes, input.projectionExpression == nil, input.attributesToGet == nil {
            throw Selection.namesNothing.told(by: .enveloped)
        }
        let parameters = try ExpressionParameters(
            names: input.expressionAttributeNames, values: input.expressionAttributeValues,
            expressions: [
                (.projection, input.projectionExpression), (.filter, input.filterExpression),
                (.keyCondition, input.keyConditionExpression),
            ])
        let expressions = try ReadExpressions(
            projection: input.projectionExpression, attributesToGet: input.attributesToGet,
            filter: input.filterExpression,
            legacyFilter: try ConditionNode.legacy(input.queryFilter, input.conditionalOperator), parameters)
        let node = try input.keyCondition(parameters)
        try parameters.requireAllUsed()

        let source = try ReadSource(try core.table(named: input.tableName), indexName: input.indexName, for: "Query")
        let condition = try KeyCondition(node, on: source.key)
        let filtered = expressions.filter?.attributeNames ?? []
        if let name = filtered.sorted().first(where: source.key.contains) {
            throw .validation(
                "\(input.queryFilter == nil ? "Filter Expression" : "QueryFilter") can only contain non-primary key "
                    + "attributes: Primary key attribute: \(name)")
        }
        try source.requireProjected(filtered.sorted())
        try self.init(
            source, range: condition.range(of: source.id), isWithinPartition: true, expressions, select: input.select,
            limit: input.limit, consistentRead: input.consistentRead)
        reader.forward = input.scanIndexForward ?? true

        guard let position = input.exclusiveStartKey else { return }
        guard let start = try? source.storageKey(ofPosition: position) else {
            throw .validation("The provided starting key is invalid")
        }
        guard condition.partitionRange(of: source.id).contains(start) else {
            throw .validation(
                "The provided starting key is outside query boundaries based on provided conditions")
        }
        guard reader.range.contains(start) else {
            throw .validation("The provided starting key does not match the range key predicate")
        }
        reader.resume(after: start)
    }
}

extension QueryInput {
    fileprivate func keyCondition(_ parameters: ExpressionParameters) throws(DynamoDBError) -> ConditionNode {
        if let keyConditionExpression {
            return try ExpressionParser.condition(keyConditionExpression, kind: .keyCondition, parameters: parameters)
        }
        guard let keyConditions else {
            throw .validation(
                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.")
        }
        return try .keyConditions(keyConditions)
    }
}
