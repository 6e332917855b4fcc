internal import DynamoDB

/// The creation or deletion of one global secondary index.
extension TableUpdate {
    func applyIndexes(to record: inout TableRecord) throws(DynamoDBError) {
        for update in indexUpdates {
            if let create = update.create {
                try add(create, to: &record)
            } else if let delete = update.delete {
                try remove(delete.indexName, from: &record)
            }
        }
    }

    /// Adds an index. Of the definitions given with it only those of its keys count, and a known attribute keeps its
    /// type, whatever they say.
    private func add(_ index: GlobalSecondaryIndex, to record: inout TableRecord) throws(DynamoDBError) {
        guard let given = input.attributeDefinitions else {
            throw .invalidParameter("AttributeDefinitions is not specified for index: \(index.indexName)")
        }
        guard record.backfills.isEmpty else { throw TableUpdate.oneIndex }
        guard !record.indexNames.contains(index.indexName) else {
            throw .validation("Attempting to create an index which already exists")
        }
        let keys = index.keySchema.map(\.attributeName)
        let givenNames = StringSet(given.map(\.attributeName))
        guard keys.allSatisfy(givenNames.contains) else {
            throw .undefinedKeys(keys, given.map(\.attributeName))
        }
        guard (record.definition.globalSecondaryIndexes?.count ?? 0) < Limits.globalIndexes else {
            throw DynamoDBError(
                code: .limitExceededException,
                message: "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of "
                    + "\(Limits.globalIndexes)")
        }
        var known = StringSet(record.definition.attributeDefinitions.map(\.attributeName))
        let keyNames = StringSet(keys)
        for definition in given where keyNames.contains(definition.attributeName) {
            if known.insert(definition.attributeName).inserted {
                record.definition.attributeDefinitions.append(definition)
            }
        }
        record.definition.globalSecondaryIndexes = (record.definition.globalSecondaryIndexes ?? []) + [index]
        record.backfills.insert(index.indexName)
        record.status = .updating
        let validation = CreateTableValidation(record.definition)
        try validation.check(index)
        try validation.checkProjectedAttributeCount()
    }

    private func remove(_ name: String, from record: inout TableRecord) throws(DynamoDBError) {
        var indexes = record.definition.globalSecondaryIndexes ?? []
        guard let position = indexes.firstIndex(where: { $0.indexName == name }) else {
            throw TableUpdate.indexNotFound(name, in: record, to: "delete")
        }
        // The one that is being filled may be given up.
        guard record.backfills.subtracting([name]).isEmpty else { throw TableUpdate.oneIndex }
        indexes.remove(at: position)
        record.backfills.remove(name)
        record.history.indexCapacity[name] = nil
        record.insights[name] = nil
        record.definition.globalSecondaryIndexes = indexes.isEmpty ? nil : indexes
        let used = StringSet(record.definition.keyAttributes)
        record.definition.attributeDefinitions.removeAll { !used.contains($0.attributeName) }
    }

    /// - Parameter action: what was to be done, for an index that is no global one.
    static func indexNotFound(_ name: String, in record: TableRecord, to action: String) -> DynamoDBError {
        guard !record.indexNames.contains(name) else {
            return .validation("Cannot \(action) an index that is not a GlobalSecondaryIndex: \(name)")
        }
        return DynamoDBError(
            code: .resourceNotFoundException,
            message: "Requested resource not found: Index \(name) for table \(record.name)")
    }
}

extension CreateTableInput {
    /// The attributes that are part of a key of the table or of an index, each once, the table's first.
    var keyAttributes: [String] {
        let schemas =
            [keySchema ?? []] + (localSecondaryIndexes ?? []).map(\.keySchema)
            + (globalSecondaryIndexes ?? []).map(\.keySchema)
        var known = StringSet()
        return schemas.flatMap { $0.map(\.attributeName) }.filter { known.insert($0).inserted }
    }
}
