public import DynamoDB

extension Engine {
    /// Reads up to 100 items of any tables, 4 MB in all, as they were at one moment.
    ///
    /// It never sees a part of a transaction, and waits until what it saw is on disk.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `TransactionCanceledException` with a reason for each read,
    ///   `ValidationException`, `ResourceNotFoundException`, `InternalServerError`.
    public func transactGetItems(_ input: TransactGetItemsInput) async throws -> TransactGetItemsOutput {
        try await perform("TransactGetItems", input) { core in
            let outcome = try await ReadTransaction(input).run(core)
            return TransactGetItemsOutput(
                // AWS leaves out an item of which the projection wants nothing; the other reads answer an empty one.
                responses: outcome.items.map { item in ItemResponse(item: item.flatMap { $0.isEmpty ? nil : $0 }) },
                consumedCapacity: outcome.consumedCapacity(input.returnConsumedCapacity))
        }
    }
}

extension ReadTransaction {
    fileprivate init(_ input: TransactGetItemsInput) throws(DynamoDBError) {
        reads = try input.transactItems.map { item throws(DynamoDBError) in
            let projection = try ItemProjection(
                item.get.projectionExpression, names: item.get.expressionAttributeNames, attributesToGet: nil)
            return Read(tableName: item.get.tableName, key: item.get.key, projection: projection)
        }
    }
}

/// Reads of several items of any tables, all as they were at one moment.
struct ReadTransaction: Sendable {
    struct Read: Sendable {
        let tableName: String
        let key: Item
        let projection: ItemProjection?
    }

    let reads: [Read]

    struct Outcome: Sendable {
        /// What was found for each read.
        var items: [Item?] = []
        /// The table of each read, and the item's bytes by AWS's accounting.
        var sizes: [(table: Table, size: Int)] = []
    }

    /// - Throws: `TransactionCanceledException`, `ValidationException`, `ResourceNotFoundException`.
    func run(_ core: EngineCore) async throws -> Outcome {
        let tables = try reads.map { read throws(DynamoDBError) in try core.table(named: read.tableName) }
        let keys = try admittedKeys(tables, core)
        let outcome = try await core.reads.items { [database = core.database] tier in
            try read(keys, of: tables, Snapshot(of: database), tier)
        }
        for (table, size) in outcome.sizes {
            core.countRead(readUnits(size, consistent: true) * transactionCapacityFactor, of: table)
        }
        guard outcome.sizes.reduce(0, { $0 + $1.size }) <= Limits.transactionSize else {
            throw DynamoDBError.readTransactionTooLarge
        }
        try await core.durability.settleReads(of: .items(keys))
        return outcome
    }

    /// The storage keys of all reads, if the tables' throughput allows them.
    private func admittedKeys(_ tables: [Table], _ core: EngineCore) throws -> [[UInt8]] {
        var reasons: [CancellationReason] = []
        let keys = try zip(reads, tables).compactMap { read, table in
            try CancellationReason.collect(into: &reasons) {
                try core.throttle?.admitRead(of: table)
                return try table.storageKey(ofKey: read.key)
            }
        }
        if reasons.isCancelling { throw DynamoDBError.transactionCancelled(reasons) }
        guard Set(keys).count == keys.count else { throw DynamoDBError.repeatedTransactionItem }
        return keys
    }

    private func read(
        _ keys: [[UInt8]], of tables: [Table], _ snapshot: Snapshot, _ tier: ReadTier
    ) throws -> Outcome {
        var outcome = Outcome()
        for (position, read) in reads.enumerated() {
            let stored = try StoredValue(snapshot, key: keys[position], tier)
            outcome.items.append(try stored.item?.item(read.projection))
            outcome.sizes.append((tables[position], stored.item?.size ?? 0))
        }
        return outcome
    }
}
