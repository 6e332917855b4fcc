internal import DynamoDB

/// Transactions consume twice the units of tables that the same operations consume alone: once to prepare, once to commit.
/// Entries of indexes are written once.
let transactionCapacityFactor = 2.0

extension WriteTransaction.Outcome {
    /// What the transaction consumed, in the detail asked for.
    func consumedCapacity(_ detail: ReturnConsumedCapacity?) -> [ConsumedCapacity]? {
        var capacity = CapacityTotals()
        guard !isRepeated else {
            for (table, effect) in effects {
                capacity.add(readUnits(effect.oldSize ?? 0, consistent: true) * transactionCapacityFactor, to: table)
            }
            return capacity.consumed(detail)?.map(\.asReads)
        }
        for (table, effect) in effects { capacity.add(effect, to: table, factor: transactionCapacityFactor) }
        return capacity.consumed(detail)?.map(\.asWrites)
    }
}

extension ReadTransaction.Outcome {
    /// What the transaction consumed, in the detail asked for.
    func consumedCapacity(_ detail: ReturnConsumedCapacity?) -> [ConsumedCapacity]? {
        var capacity = CapacityTotals()
        for (table, size) in sizes {
            capacity.add(readUnits(size, consistent: true) * transactionCapacityFactor, to: table)
        }
        return capacity.consumed(detail)?.map(\.asReads)
    }
}

extension ConsumedCapacity {
    /// The same, telling that it was consumed by reads; transactions tell.
    fileprivate var asReads: ConsumedCapacity {
        var result = self
        result.readCapacityUnits = capacityUnits
        result.table?.readCapacityUnits = table?.capacityUnits
        return result
    }

    /// The same, telling that it was consumed by writes.
    fileprivate var asWrites: ConsumedCapacity {
        func asWrites(_ capacity: Capacity) -> Capacity {
            Capacity(writeCapacityUnits: capacity.capacityUnits, capacityUnits: capacity.capacityUnits)
        }
        var result = self
        result.writeCapacityUnits = capacityUnits
        result.table = table.map(asWrites)
        result.localSecondaryIndexes = localSecondaryIndexes?.mapValues(asWrites)
        result.globalSecondaryIndexes = globalSecondaryIndexes?.mapValues(asWrites)
        return result
    }
}
