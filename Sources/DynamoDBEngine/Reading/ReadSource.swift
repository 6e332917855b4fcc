internal import DynamoDB

/// What a Query or Scan reads: a table or one of its indexes.
struct ReadSource: Sendable {
    let table: Table
    /// nil for the table itself.
    let index: Index?

    /// - Parameter operation: what reads, by its name. Only SearchVectors reads a vector index.
    /// - Throws: `ValidationException` if the table has no index of the name.
    init(_ table: Table, indexName: String?, for operation: String) throws(DynamoDBError) {
        self.table = table
        guard let indexName else {
            index = nil
            return
        }
        guard let index = table.index(named: indexName) else {
            throw .validation("The table does not have the specified index: \(indexName)")
        }
        guard index.kind != .vector else {
            throw .validation("\(operation) operation not supported on this index type")
        }
        guard !index.isBackfilling else {
            throw .validation("Cannot read from backfilling global secondary index: \(indexName)")
        }
        self.index = index
    }

    var id: UInt32 { index?.id ?? table.id }
    var family: ColumnFamily { index == nil ? .items : .indexes }
    var key: KeyLayout { index?.key ?? table.key }

    /// The attributes of a LastEvaluatedKey: the key of the source, then what the table's key has beside.
    var positionNames: [String] { (key.all + (index?.suffix ?? [])).map(\.name) }

    /// Refuses a keyed read whose filter names attributes that the index does not hold, in the order given.
    ///
    /// A read without a key condition takes them as absent instead, as AWS does.
    func requireProjected(_ filtered: [String]) throws(DynamoDBError) {
        guard let index, let held = index.projectedNames.map({ StringSet($0) }) else { return }
        let lacking = filtered.filter { !held.contains($0) }
        guard lacking.isEmpty else {
            throw .validation(
                "One or more parameter values were invalid: Secondary index \(index.name) does not project one or more "
                    + "filter attributes: [\(lacking.joined(separator: ", "))]")
        }
    }

    /// The storage key at which a given ExclusiveStartKey stands.
    func storageKey(ofPosition position: Item) throws(DynamoDBError) -> [UInt8] {
        let attributes = key.all + (index?.suffix ?? [])
        let mismatch = DynamoDBError.validation(
            "The provided starting key is invalid: The provided key element does not match the schema")
        guard position.count == attributes.count else { throw mismatch }
        for attribute in attributes {
            guard let value = position[attribute.name], attribute.type.matches(value), value.emptyKind == nil else {
                throw mismatch
            }
        }
        if let index {
            guard let key = index.entryKey({ position[$0] }) else { throw mismatch }
            return key
        }
        return try table.storageKey(ofKey: position)
    }
}
