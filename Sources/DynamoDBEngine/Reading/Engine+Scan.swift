public import DynamoDB

extension Engine {
    /// Reads the items of a table or index, or of one of several equal segments, in no meaningful order.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`,
    ///   `InternalServerError`.
    public func scan(_ input: ScanInput) async throws -> ScanOutput {
        var (found, output) = try await scan(input, as: ItemValues.self)
        output.items = found?.items
        return output
    }

    /// - Returns: what was found, if it is wanted, and the output without it.
    func scan<Found: FoundItems>(
        _ input: ScanInput, as _: Found.Type
    ) async throws -> (found: Found?, output: ScanOutput) {
        try await perform("Scan", input, on: input.tableName) { core in
            let request = try PageRequest(input, core)
            let page = try await request.read(core, as: Found.self)
            if request.isConsistent { try await core.durability.settleReads(of: request.scope) }
            let output = ScanOutput(
                count: page.count, scannedCount: page.scannedCount, lastEvaluatedKey: page.lastKey,
                consumedCapacity: request.consumedCapacity(of: page, input.returnConsumedCapacity))
            return (request.reader.countsOnly ? nil : page.found, output)
        }
    }
}

extension PageRequest {
    fileprivate init(_ input: ScanInput, _ core: EngineCore) throws(DynamoDBError) {
        try refuseMixing(
            [
                "AttributesToGet": input.attributesToGet, "ScanFilter": input.scanFilter,
                "ConditionalOperator": input.conditionalOperator,
            ],
            with: ["ProjectionExpression": input.projectionExpression, "FilterExpression": input.filterExpression])
        let segment = try ScanSegment(input.segment, of: input.totalSegments)
        let parameters = try ExpressionParameters(
            names: input.expressionAttributeNames, values: input.expressionAttributeValues,
            expressions: [(.projection, input.projectionExpression), (.filter, input.filterExpression)])
        let expressions = try ReadExpressions(
            projection: input.projectionExpression, attributesToGet: input.attributesToGet,
            filter: input.filterExpression,
            legacyFilter: try ConditionNode.legacy(input.scanFilter, input.conditionalOperator), parameters)
        try parameters.requireAllUsed()

        let source = try ReadSource(try core.table(named: input.tableName), indexName: input.indexName, for: "Scan")
        let range = ItemKey.range(of: source.id, segment: segment.number, of: segment.count)
        try self.init(
            source, range: range, isWithinPartition: false, expressions, select: input.select, limit: input.limit,
            consistentRead: input.consistentRead)

        guard let position = input.exclusiveStartKey else { return }
        let start = try source.storageKey(ofPosition: position)
        guard range.contains(start) else {
            throw .validation(
                "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with "
                    + "correct Segment. TotalSegments: \(segment.count) Segment: \(segment.number)")
        }
        reader.resume(after: start)
    }
}

/// One of the equal parts of a parallel scan.
struct ScanSegment {
    let number: Int
    let count: Int

    init(_ segment: Int?, of total: Int?) throws(DynamoDBError) {
        switch (segment, total) {
        case (nil, nil):
            number = 0
            count = 1
        case (let segment?, let total?):
            guard segment < total else {
                throw .validation(
                    "The Segment parameter is zero-based and must be less than parameter TotalSegments: "
                        + "Segment: \(segment) is not less than TotalSegments: \(total)")
            }
            number = segment
            count = total
        case (nil, _):
            throw .validation(
                "The Segment parameter is required but was not present in the request when parameter "
                    + "TotalSegments is present")
        case (_, nil):
            throw .validation(
                "The TotalSegments parameter is required but was not present in the request when Segment "
                    + "parameter is present")
        }
    }
}
