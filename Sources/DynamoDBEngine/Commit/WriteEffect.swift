internal import DynamoDB

/// What a write did, for its response.
struct WriteEffect: Sendable {
    /// Bytes of the item before; nil if there was none.
    var oldSize: Int?
    var newSize: Int
    /// What each index of the table consumes, by ``Index/cost(ofEntry:)``.
    var indexUnits: [Double]
    /// The new item, of an update.
    var updated: EncodedItem?

    /// Bytes that a transaction charges for this when it is sent again: those of the item that it left, or deleted.
    var sizeToRepeat: Int { newSize > 0 ? newSize : oldSize ?? 0 }

    /// The effect of leaving an item as it is.
    ///
    /// - Parameter size: bytes of the item; nil if there is none.
    static func nothing(on size: Int?, in table: Table) -> WriteEffect {
        WriteEffect(oldSize: size, newSize: size ?? 0, indexUnits: Array(repeating: 0, count: table.indexes.count))
    }
}

extension CapacityTotals {
    /// Adds a write.
    ///
    /// - Parameter factor: 2 in a transaction, of the table's units.
    mutating func add(_ effect: WriteEffect, to table: Table, factor: Double = 1) {
        add(
            writeUnits(max(effect.oldSize ?? 0, effect.newSize)) * factor,
            indexUnits: effect.indexUnits, to: table)
    }
}

extension Throttle {
    /// Takes what a write consumed.
    ///
    /// - Parameters:
    ///   - factor: 2 in a transaction, of the table's units.
    ///   - sign: -1 to give back.
    func take(_ effect: WriteEffect, from table: Table, factor: Double, sign: Double = 1) {
        var units = writeUnits(max(effect.oldSize ?? 0, effect.newSize)) * factor
        for (index, indexUnits) in zip(table.indexes, effect.indexUnits) where indexUnits > 0 {
            switch index.kind {
            case .global: take(indexUnits * sign, from: index.id, index.limits, for: .write)
            case .local: units += indexUnits
            case .vector: break
            }
        }
        take(units * sign, from: table.id, table.limits, for: .write)
    }
}

extension Table {
    /// Counts what a write consumed, of the table and of its indexes.
    ///
    /// - Parameter factor: 2 in a transaction, of the table's units.
    func countWrite(_ effect: WriteEffect, factor: Double) {
        tally.countWrite(writeUnits(max(effect.oldSize ?? 0, effect.newSize)) * factor)
        for (index, units) in zip(indexes, effect.indexUnits) { index.tally.countWrite(units) }
    }
}
