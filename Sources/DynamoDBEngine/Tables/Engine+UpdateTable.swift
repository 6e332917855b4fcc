public import DynamoDB

extension Engine {
    /// Changes a table's settings, or adds or deletes one global secondary index or vector index.
    ///
    /// Settings hold at once. Writes keep a new index from now on, and what is older is added in the background; see
    /// ``Backfill``. A deleted index is gone at once.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`,
    ///   `ResourceInUseException`, `LimitExceededException`, `InternalServerError`.
    public func updateTable(_ input: UpdateTableInput) async throws -> UpdateTableOutput {
        try await perform("UpdateTable", input, on: input.tableName) { core in
            let update = TableUpdate(input, at: core.clock.seconds)
            try update.check()
            guard let old = core.catalogue.table(named: input.tableName) else {
                throw try tableNotFound(input.tableName)
            }
            let changed = try await core.catalogue.change(input.tableName) { record throws(DynamoDBError) in
                try update.apply(to: &record, at: core.clock.mark())
            }
            guard let table = changed else { throw try tableNotFound(input.tableName) }
            try await core.syncCatalogue()
            if input.streamSpecification?.streamEnabled == false { try await core.waitForWriters() }
            if let index = update.created.flatMap(table.index(named:)) {
                core.startBackfill(of: .index(index.name, id: index.id), in: table)
            }
            if let deleted = update.deleted, let index = old.index(named: deleted) {
                try await core.sweep([(.indexes, ItemKey.range(of: index.id))])
            }
            return UpdateTableOutput(
                tableDescription: update.description(of: table, before: old, region, isEncrypted: core.isEncrypted))
        }
    }
}

extension TableUpdate {
    /// The table as AWS describes it while the change is under way.
    fileprivate func description(of table: Table, before old: Table, _ region: String, isEncrypted: Bool)
        -> TableDescription
    {
        var description = TableDescription(table, region: region, at: time, isEncrypted: isEncrypted)
        description.tableStatus = .updating
        for action in input.globalSecondaryIndexUpdates ?? [] {
            guard let name = action.update?.indexName,
                let position = description.globalSecondaryIndexes?.firstIndex(where: { $0.indexName == name })
            else { continue }
            description.globalSecondaryIndexes?[position].indexStatus = .updating
        }
        let before = TableDescription(old, region: region, at: time, isEncrypted: isEncrypted)
        if var index = before.vectorIndexes?.first(where: { $0.indexName == deleted }) {
            index.indexStatus = .deleting
            index.backfilling = nil
            description.vectorIndexes = (description.vectorIndexes ?? []) + [index]
        }
        if var index = before.globalSecondaryIndexes?.first(where: { $0.indexName == deleted }) {
            index.indexStatus = .deleting
            index.backfilling = nil
            description.globalSecondaryIndexes = (description.globalSecondaryIndexes ?? []) + [index]
        }
        return description
    }
}
