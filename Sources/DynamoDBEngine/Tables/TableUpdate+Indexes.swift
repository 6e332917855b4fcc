internal import DynamoDB

/// The creation or deletion of one global secondary index.
extension TableUpdate {
    func applyIndexes(to record: inout TableRecord) throws(DynamoDBError) {
        for update in input.globalSecondaryIndexUpdates ?? [] {
            if let create = update.create {
                try add(create, to: &record)
            } else if let delete = update.delete {
                try remove(delete.indexName, from: &record)
            }
        }
    }

    private func add(_ index: GlobalSecondaryIndex, to record: inout TableRecord) throws(DynamoDBError) {
        guard record.backfills.isEmpty else { throw TableUpdate.oneIndex }
        guard !record.indexNames.contains(index.indexName) else {
            throw .validation("Attempting to create an index which already exists")
        }
        let given = input.attributeDefinitions ?? []
        let keys = index.keySchema.map(\.attributeName)
        guard StringSet(keys).isSubset(of: StringSet(given.map(\.attributeName))) else {
            throw .invalidParameter(
                "Some index key attributes are not defined in AttributeDefinitions. "
                    + "Keys: [\(keys.joined(separator: ", "))], "
                    + "AttributeDefinitions: [\(given.map(\.attributeName).joined(separator: ", "))]")
        }
        var types = AttributeMap(record.definition.attributeDefinitions.map { ($0.attributeName, $0.attributeType) }) {
            $1
        }
        for definition in given {
            guard let known = types[definition.attributeName] else {
                types[definition.attributeName] = definition.attributeType
                record.definition.attributeDefinitions.append(definition)
                continue
            }
            guard known == definition.attributeType else {
                throw .invalidParameter(
                    "Attribute \(definition.attributeName) is defined as \(known.rawValue) already, which "
                        + "\(definition.attributeType.rawValue) contradicts")
            }
        }
        record.definition.globalSecondaryIndexes = (record.definition.globalSecondaryIndexes ?? []) + [index]
        record.backfills.insert(index.indexName)
        record.status = .updating
    }

    private func remove(_ name: String, from record: inout TableRecord) throws(DynamoDBError) {
        var indexes = record.definition.globalSecondaryIndexes ?? []
        guard let position = indexes.firstIndex(where: { $0.indexName == name }) else {
            throw TableUpdate.indexNotFound(name)
        }
        // The one that is being filled may be given up.
        guard record.backfills.subtracting([name]).isEmpty else { throw TableUpdate.oneIndex }
        indexes.remove(at: position)
        record.backfills.remove(name)
        record.history.indexCapacity[name] = nil
        record.definition.globalSecondaryIndexes = indexes.isEmpty ? nil : indexes
        let used = record.definition.keyAttributes
        record.definition.attributeDefinitions.removeAll { !used.contains($0.attributeName) }
    }

    static func indexNotFound(_ name: String) -> DynamoDBError {
        DynamoDBError(
            code: .resourceNotFoundException, message: "Requested resource not found: Index: \(name) not found")
    }
}

extension CreateTableInput {
    /// The attributes that are part of a key of the table or of an index.
    var keyAttributes: StringSet {
        var names = StringSet((keySchema ?? []).map(\.attributeName))
        for index in localSecondaryIndexes ?? [] { names.formUnion(StringSet(index.keySchema.map(\.attributeName))) }
        for index in globalSecondaryIndexes ?? [] { names.formUnion(StringSet(index.keySchema.map(\.attributeName))) }
        return names
    }
}
