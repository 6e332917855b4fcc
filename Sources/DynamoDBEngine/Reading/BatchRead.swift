public import DynamoDB

/// The reads of one BatchGetItem.
struct BatchRead: Sendable {
    /// The reads of one table.
    private struct Part: Sendable {
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

    private static func check(_ requests: [String: KeysAndAttributes]) throws(DynamoDBError) {
        try checkTableNames(requests.keys) { String(decoding: requests.jsonDocument, as: UTF8.self) }
        try refuseMixing(
            ["AttributesToGet": requests.values.lazy.compactMap(\.attributesToGet).first],
            with: ["ProjectionExpression": requests.values.lazy.compactMap(\.projectionExpression).first])
        guard requests.values.reduce(0, { $0 + $1.keys.count }) <= Limits.batchReadKeys else {
            throw .validation("Too many items requested for the BatchGetItem call")
        }
    }

    /// The storage keys of the items that are read consistently.
    var consistentKeys: [[UInt8]] {
        parts.filter { $0.request.consistentRead ?? false }.flatMap(\.storageKeys)
    }

    /// What has been read of a batch.
    private struct Progress: Sendable {
        var responses: [String: [Item]] = [:]
        var unprocessed: [String: KeysAndAttributes] = [:]
        var refusal: DynamoDBError?
        var hasRead = false
        var capacity = CapacityTotals()
        var size = 0
        /// The part and the key in it that are next.
        var part = 0
        var key = 0
    }

    /// Reads as many items as a response may hold and throughput allows; the keys of the others are unprocessed.
    ///
    /// - Throws: `ProvisionedThroughputExceededException` if no item could be read.
    func read(_ core: EngineCore, _ detail: ReturnConsumedCapacity?) async throws -> BatchGetItemOutput {
        let progress = try await core.reads.pages(Progress()) { progress, tier, budget in
            try advance(&progress, core, tier, &budget)
        }
        if let refusal = progress.refusal, !progress.hasRead { throw refusal }
        return BatchGetItemOutput(
            responses: progress.responses, unprocessedKeys: progress.unprocessed,
            consumedCapacity: progress.capacity.consumed(detail))
    }

    /// - Returns: whether all items have been read.
    private func advance(
        _ progress: inout Progress, _ core: EngineCore, _ tier: ReadTier, _ budget: inout ReadBudget
    ) throws -> Bool {
        while progress.part < parts.count {
            let part = parts[progress.part]
            var items = progress.responses.removeValue(forKey: part.name) ?? []
            defer { progress.responses[part.name] = items }
            while progress.key < part.storageKeys.count {
                if budget.isSpent { return false }
                if let item = try read(progress.key, of: part, &progress, core, tier, &budget) { items.append(item) }
                progress.key += 1
            }
            progress.part += 1
            progress.key = 0
        }
        return true
    }

    private func read(
        _ position: Int, of part: Part, _ progress: inout Progress, _ core: EngineCore, _ tier: ReadTier,
        _ budget: inout ReadBudget
    ) throws -> Item? {
        func leave() {
            var rest = part.request
            rest.keys = (progress.unprocessed[part.name]?.keys ?? []) + [part.request.keys[position]]
            progress.unprocessed[part.name] = rest
        }
        do throws(DynamoDBError) {
            try core.throttle?.admitRead(of: part.table)
        } catch {
            progress.refusal = error
            leave()
            return nil
        }
        let stored = try StoredValue(core.database, key: part.storageKeys[position], tier)
        let size = stored.item?.size ?? 0
        // Once over the limit the size stays there: everything that follows is unread.
        progress.size += size
        guard progress.size <= Limits.batchReadSize else {
            leave()
            return nil
        }
        budget.take(size)
        let units = readUnits(size, consistent: part.request.consistentRead ?? false)
        core.countRead(units, of: part.table)
        progress.capacity.add(units, to: part.table)
        progress.hasRead = true
        return try stored.item?.item(part.projection)
    }
}

extension Engine {
    /// Reads up to 100 items of any tables, 16 MB in all; the keys of what exceeds them are left unprocessed.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`,
    ///   `InternalServerError`.
    public func batchGetItem(_ input: BatchGetItemInput) async throws -> BatchGetItemOutput {
        try await perform("BatchGetItem", input) { core in
            let batch = try BatchRead(input.requestItems, core)
            let output = try await batch.read(core, input.returnConsumedCapacity)
            try await core.durability.settleReads(of: .items(batch.consistentKeys))
            return output
        }
    }
}
