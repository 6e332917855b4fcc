internal import DynamoDB

extension Throttle {
    /// Refuses a write of a table that has no write capacity left.
    ///
    /// - Throws: `ProvisionedThroughputExceededException` or, on demand, `ThrottlingException`.
    func admitWrite(to table: Table) throws(DynamoDBError) {
        guard isOpen(table.id, table.limits, for: .write) else {
            throw Throttle.refusal(of: table, nil, table.limits)
        }
    }

    /// Refuses a write that puts an entry into a global index that has no write capacity left.
    ///
    /// - Throws: as ``admitWrite(to:)``.
    func admitEntries(of write: PreparedWrite) throws(DynamoDBError) {
        let table = write.table
        for (index, entry) in zip(table.indexes, write.entries) where index.kind == .global && entry != nil {
            guard isOpen(index.id, index.limits, for: .write) else {
                throw Throttle.refusal(of: table, index, index.limits)
            }
        }
    }

    /// Takes what a write consumed.
    ///
    /// - Parameters:
    ///   - factor: 2 in a transaction, of the table's units.
    ///   - sign: -1 to give back.
    func take(_ effect: WriteEffect, from table: Table, factor: Double, sign: Double = 1) {
        var units = writeUnits(max(effect.oldSize ?? 0, effect.newSize)) * factor
        for (index, indexUnits) in zip(table.indexes, effect.indexUnits) where indexUnits > 0 {
            if index.kind == .global {
                take(indexUnits * sign, from: index.id, index.limits, for: .write)
            } else {
                units += indexUnits
            }
        }
        take(units * sign, from: table.id, table.limits, for: .write)
    }
}
