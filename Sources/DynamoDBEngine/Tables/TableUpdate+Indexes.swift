internal import DynamoDB

/// The creation or deletion of one index.
extension TableUpdate {
    func applyIndexes(to record: inout TableRecord) throws(DynamoDBError) {
        for update in indexUpdates {
            if let create = update.create {
                try add(create, to: &record)
            } else if let delete = update.delete {
                try remove(delete.indexName, from: &record)
            }
        }
        for update in input.vectorIndexUpdates ?? [] {
            if let create = update.create {
                try add(create, to: &record)
            } else if let delete = update.delete {
                try removeVectorIndex(delete.indexName, from: &record)
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
        record.define(keys, as: given)
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
        record.forgetUnusedDefinitions()
    }

    // MARK: Vector indexes

    /// Adds a vector index. Its definitions count as those of a global secondary index do.
    private func add(_ index: VectorIndex, to record: inout TableRecord) throws(DynamoDBError) {
        guard !record.backfills.contains(index.indexName) else {
            throw .resourceInUse("Index is being created.  Table: \(record.name) Index: \(index.indexName)")
        }
        guard record.backfills.isEmpty else { throw TableUpdate.oneIndex }
        guard !record.indexNames.contains(index.indexName) else {
            throw .validation("Attempting to create an index which already exists")
        }
        let names = (index.searchSchema ?? []).map(\.attributeName)
        let given = input.attributeDefinitions ?? []
        guard names.allSatisfy(StringSet(given.map(\.attributeName)).contains) else { throw .undefinedSearchSchema }
        let indexes = record.definition.vectorIndexes ?? []
        guard indexes.count < Limits.vectorIndexes else {
            throw DynamoDBError(
                code: .limitExceededException,
                message: "Subscriber limit exceeded: Number of vector secondary indexes exceeds per-table limit of "
                    + "\(Limits.vectorIndexes)")
        }
        guard record.definition.billingMode == .payPerRequest else { throw .vectorsArePaidPerRequest }
        record.define(names, as: given)
        record.definition.vectorIndexes = indexes + [index]
        record.backfills.insert(index.indexName)
        record.status = .updating
        let validation = CreateTableValidation(record.definition)
        try validation.check(index)
        try validation.checkProjectedAttributeCount()
    }

    private func removeVectorIndex(_ name: String, from record: inout TableRecord) throws(DynamoDBError) {
        var indexes = record.definition.vectorIndexes ?? []
        guard let position = indexes.firstIndex(where: { $0.indexName == name }) else {
            throw DynamoDBError(
                code: .resourceNotFoundException,
                message: "Requested resource not found: Index \(name) for table \(record.name)")
        }
        guard record.backfills.subtracting([name]).isEmpty else { throw TableUpdate.oneIndex }
        indexes.remove(at: position)
        record.backfills.remove(name)
        record.definition.vectorIndexes = indexes.isEmpty ? nil : indexes
        record.forgetUnusedDefinitions()
    }

    /// Refuses a change of vector indexes of a table to which one is being made known, in words of its own.
    func checkAllocation(_ record: TableRecord) throws(DynamoDBError) {
        guard record.status == .updating, !record.backfills.isEmpty else { return }
        for update in input.vectorIndexUpdates ?? [] {
            if let name = update.delete?.indexName, record.backfills.contains(name) {
                throw .resourceInUse(
                    "Index creation is in resource allocation phase. Retry deletion during backfilling phase or when "
                        + "the index is active. Table: \(record.name) Index: \(name)")
            }
            throw TableUpdate.oneIndex
        }
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

extension TableRecord {
    /// Defines the named attributes that have no definition yet.
    fileprivate mutating func define(_ names: [String], as given: [AttributeDefinition]) {
        var known = StringSet(definition.attributeDefinitions.map(\.attributeName))
        let wanted = StringSet(names)
        for attribute in given where wanted.contains(attribute.attributeName) {
            if known.insert(attribute.attributeName).inserted { definition.attributeDefinitions.append(attribute) }
        }
    }

    fileprivate mutating func forgetUnusedDefinitions() {
        let used = StringSet(definition.keyAttributes)
        definition.attributeDefinitions.removeAll { !used.contains($0.attributeName) }
    }
}

extension CreateTableInput {
    /// The attributes that are part of a key of the table or of an index or of a search schema, each once, the table's
    /// first.
    var keyAttributes: [String] {
        let schemas =
            [keySchema ?? []] + (localSecondaryIndexes ?? []).map(\.keySchema)
            + (globalSecondaryIndexes ?? []).map(\.keySchema)
        let searched = (vectorIndexes ?? []).flatMap { ($0.searchSchema ?? []).map(\.attributeName) }
        var known = StringSet()
        return (schemas.flatMap { $0.map(\.attributeName) } + searched).filter { known.insert($0).inserted }
    }
}
