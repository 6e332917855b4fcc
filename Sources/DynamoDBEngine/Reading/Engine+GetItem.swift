public import DynamoDB

extension Engine {
    /// Reads one item.
    ///
    /// Every read sees the newest write. With `consistentRead` it also waits until what it saw is on disk, if that is
    /// not so already.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`,
    ///   `InternalServerError`.
    public func getItem(_ input: GetItemInput) async throws -> GetItemOutput {
        var (found, output) = try await getItem(input, as: ItemValues.self)
        output.item = found.items.popLast()
        return output
    }

    /// - Returns: what was found, and the output without it.
    func getItem<Found: FoundItems>(
        _ input: GetItemInput, as _: Found.Type
    ) async throws -> (found: Found, output: GetItemOutput) {
        try await perform("GetItem", input, on: input.tableName) { core in
            let projection = try ItemProjection(
                input.projectionExpression, names: input.expressionAttributeNames,
                attributesToGet: input.attributesToGet)
            let table = try core.table(named: input.tableName)
            let key = try table.storageKey(ofKey: input.key)
            let consistent = input.consistentRead ?? false
            try core.throttle?.admitRead(of: table)
            let (found, size) = try await core.reads.items { [database = core.database] tier in
                let stored = try StoredValue(database, key: key, tier)
                var found = Found()
                if let item = stored.item { try found.append(item, projection) }
                return (found, stored.item?.size ?? 0)
            }
            if consistent { try await core.durability.settleReads(of: .items([key])) }
            let units = readUnits(size, consistent: consistent)
            core.countRead(units, of: table)
            let capacity = ConsumedCapacity(
                input.returnConsumedCapacity, of: table, units: units, indexUnits: [])
            return (found, GetItemOutput(consumedCapacity: capacity))
        }
    }
}

extension ItemProjection {
    /// The projection that a read asks for; nil for all attributes.
    init?(
        _ expression: String?, names: [String: String]?, attributesToGet: [String]?
    ) throws(DynamoDBError) {
        try refuseMixing(["AttributesToGet": attributesToGet], with: ["ProjectionExpression": expression])
        let parameters = try ExpressionParameters(
            names: names, values: nil, expressions: [(.projection, expression)])
        if let expression {
            self = try ExpressionParser.projection(expression, parameters: parameters)
            try parameters.requireAllUsed()
        } else if let attributesToGet {
            try self.init(attributesToGet: attributesToGet)
        } else {
            return nil
        }
    }
}
