internal import DynamoDB

extension Throttle {
    /// Refuses a write if its table, or a global index that it puts an entry into, has no write capacity left.
    ///
    /// - Throws: `ProvisionedThroughputExceededException` or, on demand, `ThrottlingException`.
    func admit(_ write: PreparedWrite) throws(DynamoDBError) {
        let table = write.table
        guard isOpen(table.id, table.limits, for: .write) else {
            throw Throttle.refusal(of: table, nil, table.limits)
        }
        for (index, entry) in zip(table.indexes, write.entries) where index.kind == .global && entry != nil {
            guard isOpen(index.id, index.limits, for: .write) else {
                throw Throttle.refusal(of: table, index, index.limits)
            }
        }
    }

    /// Takes what a write consumed.
    ///
    /// - Parameter factor: 2 in a transaction.
    func take(_ effect: WriteEffect, from table: Table, factor: Double) {
        var units = writeUnits(max(effect.oldSize ?? 0, effect.newSize))
        for (index, indexUnits) in zip(table.indexes, effect.indexUnits) where indexUnits > 0 {
            if index.kind == .global {
                take(indexUnits * factor, from: index.id, index.limits, for: .write)
            } else {
                units += indexUnits
            }
        }
        take(units * factor, from: table.id, table.limits, for: .write)
    }

    /// Takes what a write consumed whose condition was not met.
    func takeRefused(replacing size: Int?, in table: Table, factor: Double) {
        take(writeUnits(size ?? 0) * factor, from: table.id, table.limits, for: .write)
    }
}
