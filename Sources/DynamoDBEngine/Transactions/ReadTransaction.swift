internal import DynamoDB

/// Reads of several items of any tables, all as they were at one moment.
struct ReadTransaction {
    struct Read {
        let tableName: String
        let key: Item
        let projection: ItemProjection?
    }

    let reads: [Read]

    struct Outcome {
        /// What was found for each read.
        var items: [Item?] = []
        /// The table of each read, and the item's bytes by AWS's accounting.
        var sizes: [(table: Table, size: Int)] = []
    }

    /// - Throws: `TransactionCanceledException`, `ValidationException`, `ResourceNotFoundException`.
    func run(_ core: EngineCore) async throws -> Outcome {
        let outcome = try read(core)
        try await core.durability.settleReads()
        return outcome
    }

    private func read(_ core: EngineCore) throws -> Outcome {
        let tables = try reads.map { read throws(DynamoDBError) in try core.table(named: read.tableName) }
        var reasons: [CancellationReason] = []
        let keys = try zip(reads, tables).compactMap { read, table in
            try CancellationReason.collect(into: &reasons) {
                try core.throttle?.admitRead(of: table)
                return try table.storageKey(ofKey: read.key)
            }
        }
        if reasons.isCancelling { throw DynamoDBError.transactionCancelled(reasons) }
        guard Set(keys).count == keys.count else { throw DynamoDBError.repeatedTransactionItem }

        let snapshot = Snapshot(of: core.database)
        var outcome = Outcome()
        for (position, read) in reads.enumerated() {
            let stored = try StoredValue(snapshot, key: keys[position])
            outcome.items.append(try stored.item?.item(read.projection))
            let size = stored.item?.size ?? 0
            core.throttle?.takeRead(
                readUnits(size, consistent: true) * transactionCapacityFactor, from: tables[position])
            outcome.sizes.append((tables[position], size))
        }
        guard outcome.sizes.reduce(0, { $0 + $1.size }) <= Limits.transactionSize else {
            throw DynamoDBError.readTransactionTooLarge
        }
        return outcome
    }
}
