internal import DynamoDB

/// The reads of one BatchGetItem.
struct BatchRead {
    /// The reads of one table.
    private struct Part {
        /// The table as the request names it.
        let name: String
        let table: Table
        let request: KeysAndAttributes
        let projection: ItemProjection?
        /// The storage keys of the request's keys.
        let storageKeys: [[UInt8]]
    }

    private let parts: [Part]

    init(_ requests: [String: KeysAndAttributes], _ core: EngineCore) throws(DynamoDBError) {
        try BatchRead.check(requests)
        var parts: [Part] = []
        for (name, request) in requests.sorted(by: { $0.key < $1.key }) {
            let projection = try ItemProjection(
                request.projectionExpression, names: request.expressionAttributeNames,
                attributesToGet: request.attributesToGet)
            let table = try core.table(named: name)
            let storageKeys = try request.keys.map { key throws(DynamoDBError) in try table.storageKey(ofKey: key) }
            guard Set(storageKeys).count == storageKeys.count else {
                throw .validation("Provided list of item keys contains duplicates")
            }
            parts.append(
                Part(name: name, table: table, request: request, projection: projection, storageKeys: storageKeys))
        }
        self.parts = parts
    }

    private static func violation(of path: String, _ bound: String) -> DynamoDBError {
        .validation(
            "1 validation error detected: Value at '\(path)' failed to satisfy constraint: Member must have length \(bound)"
        )
    }

    private static func check(_ requests: [String: KeysAndAttributes]) throws(DynamoDBError) {
        guard !requests.isEmpty else { throw violation(of: "RequestItems", "greater than or equal to 1") }
        for (name, request) in requests where !(1...Limits.batchReadKeys).contains(request.keys.count) {
            let bound =
                request.keys.isEmpty ? "greater than or equal to 1" : "less than or equal to \(Limits.batchReadKeys)"
            throw violation(of: "RequestItems.\(name).member.Keys", bound)
        }
        try refuseMixing(
            ["AttributesToGet": requests.values.lazy.compactMap(\.attributesToGet).first],
            with: ["ProjectionExpression": requests.values.lazy.compactMap(\.projectionExpression).first])
        guard requests.values.reduce(0, { $0 + $1.keys.count }) <= Limits.batchReadKeys else {
            throw .validation("Too many items requested for the BatchGetItem call")
        }
    }

    var isConsistent: Bool { parts.contains { $0.request.consistentRead ?? false } }

    /// Reads as many items as a response may hold and throughput allows; the keys of the others are unprocessed.
    ///
    /// - Throws: `ProvisionedThroughputExceededException` if no item could be read.
    func read(_ core: EngineCore, _ detail: ReturnConsumedCapacity?) throws -> BatchGetItemOutput {
        var output = BatchGetItemOutput()
        var refusal: DynamoDBError?
        var hasRead = false
        var capacity = CapacityTotals()
        var size = 0
        for part in parts {
            var items: [Item] = []
            var unread = part.request
            unread.keys = []
            for (key, storageKey) in zip(part.request.keys, part.storageKeys) {
                do throws(DynamoDBError) {
                    try core.throttle?.admitRead(of: part.table)
                } catch {
                    refusal = error
                    unread.keys.append(key)
                    continue
                }
                let stored = try StoredValue(core.database, key: storageKey)
                size += stored.item?.size ?? 0
                // Once over the limit the size stays there: everything that follows is unread.
                guard size <= Limits.batchReadSize else {
                    unread.keys.append(key)
                    continue
                }
                let units = readUnits(stored.item?.size ?? 0, consistent: part.request.consistentRead ?? false)
                core.throttle?.takeRead(units, from: part.table)
                capacity.add(units, to: part.table)
                hasRead = true
                if let item = try stored.item?.item(part.projection) { items.append(item) }
            }
            output.responses[part.name] = items
            if !unread.keys.isEmpty { output.unprocessedKeys[part.name] = unread }
        }
        if let refusal, !hasRead { throw refusal }
        output.consumedCapacity = capacity.consumed(detail)
        return output
    }
}
