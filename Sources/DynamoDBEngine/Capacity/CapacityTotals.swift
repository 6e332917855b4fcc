internal import DynamoDB

/// What the parts of one request consumed, by table.
struct CapacityTotals {
    private var totals: [String: (table: Table, units: Double, indexUnits: [Double])] = [:]

    /// - Parameter indexUnits: of each index of the table, in the table's order.
    mutating func add(_ units: Double, indexUnits: [Double] = [], to table: Table) {
        var total = totals[table.name] ?? (table, 0, Array(repeating: 0, count: table.indexes.count))
        total.units += units
        for (position, units) in indexUnits.enumerated() { total.indexUnits[position] += units }
        totals[table.name] = total
    }

    /// The totals in the detail asked for, in the order of the tables' names; nil for none.
    func consumed(_ detail: ReturnConsumedCapacity?) -> [ConsumedCapacity]? {
        guard let detail, detail != .none else { return nil }
        return totals.values.sorted { $0.table.name < $1.table.name }.compactMap { total in
            ConsumedCapacity(
                detail, of: total.table, units: total.units,
                indexUnits: Array(zip(total.table.indexes, total.indexUnits)).map { (index: $0, units: $1) })
        }
    }
}
