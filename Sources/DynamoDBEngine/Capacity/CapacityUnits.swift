internal import DynamoDB

/// Read units for bytes read together: one for each 4 KB begun, half if eventually consistent.
func readUnits(_ bytes: Int, consistent: Bool) -> Double {
    Double(max(1, (bytes + 4095) / 4096)) * (consistent ? 1 : 0.5)
}

/// Write units for an item or index entry: one for each KB begun.
func writeUnits(_ bytes: Int) -> Double {
    Double(max(1, (bytes + 1023) / 1024))
}

extension Index {
    /// What a write of an entry consumes: write units, or the bytes that a vector index processes.
    ///
    /// - Parameter size: bytes of the entry.
    func cost(ofEntry size: Int) -> Double {
        kind == .vector ? Double(max(1024, size)) : writeUnits(size)
    }
}

extension ConsumedCapacity {
    /// What an operation on a table and its indexes consumed, in the detail asked for; nil for none.
    ///
    /// - Parameters:
    ///   - units: of the table itself.
    ///   - indexUnits: of each index that was touched; of a vector index the bytes.
    init?(
        _ detail: ReturnConsumedCapacity?, of table: Table, units: Double, indexUnits: [(index: Index, units: Double)]
    ) {
        guard let detail, detail != .none else { return nil }
        let total = indexUnits.reduce(units) { $0 + ($1.index.kind == .vector ? 0 : $1.units) }
        guard detail == .indexes else {
            self.init(tableName: table.name, capacityUnits: total)
            return
        }
        func capacity(of kind: Index.Kind) -> [String: Capacity]? {
            let touched = indexUnits.filter { $0.index.kind == kind && $0.units > 0 }
            guard !touched.isEmpty else { return nil }
            return Dictionary(touched.map { ($0.index.name, Capacity(capacityUnits: $0.units)) }) { $1 }
        }
        let vectors = indexUnits.filter { $0.index.kind == .vector && $0.units > 0 }
        self.init(
            tableName: table.name, capacityUnits: total, table: Capacity(capacityUnits: units),
            localSecondaryIndexes: capacity(of: .local), globalSecondaryIndexes: capacity(of: .global),
            vectorIndexes: vectors.isEmpty
                ? nil
                : Dictionary(vectors.map { ($0.index.name, VectorCapacity(vectorWriteRequestBytes: $0.units)) }) { $1 })
    }
}
