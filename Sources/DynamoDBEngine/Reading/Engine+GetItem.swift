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
        try await perform("GetItem", on: input.tableName) { core in
            let projection = try ItemProjection(
                input.projectionExpression, names: input.expressionAttributeNames,
                attributesToGet: input.attributesToGet)
            let table = try core.table(named: input.tableName)
            let key = try table.storageKey(ofKey: input.key)
            let consistent = input.consistentRead ?? false
            try core.throttle?.admitRead(of: table)
            let output = try GetItemOutput(core, key, projection, table, consistent, input)
            if consistent { try await core.durability.settleReads() }
            return output
        }
    }
}

extension GetItemOutput {
    fileprivate init(
        _ core: EngineCore, _ key: [UInt8], _ projection: ItemProjection?, _ table: Table, _ consistent: Bool,
        _ input: GetItemInput
    ) throws {
        let stored = try StoredValue(core.database, key: key)
        let units = readUnits(stored.item?.size ?? 0, consistent: consistent)
        core.throttle?.takeRead(units, from: table)
        self.init(
            item: try stored.item?.item(projection),
            consumedCapacity: ConsumedCapacity(input.returnConsumedCapacity, of: table, units: units, indexUnits: []))
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
