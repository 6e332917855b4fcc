public import DynamoDB

extension Engine {
    /// Deletes a table, its items and its indexes; its name is free at once.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ResourceNotFoundException`, `ValidationException` for a protected table.
    public func deleteTable(_ input: DeleteTableInput) async throws -> DeleteTableOutput {
        try await perform("DeleteTable", on: input.tableName) { core in
            let removed = try core.catalogue.remove(input.tableName) { table throws(DynamoDBError) in
                guard table.record.definition.deletionProtectionEnabled != true else {
                    throw .validation(
                        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion "
                            + "protection first.")
                }
            }
            guard let table = removed else { throw try tableNotFound(input.tableName) }
            var description = TableDescription(table, region: core.region)
            description.tableStatus = .deleting
            try core.clean(table)
            try await core.syncCatalogue()
            return DeleteTableOutput(tableDescription: description)
        }
    }
}

extension EngineCore {
    /// Removes what late writers added to a table after its removal, and gives back the space of whole files.
    fileprivate func clean(_ table: Table) throws {
        commits.stripes.waitForWriters()
        let batch = WriteBatch(for: database)
        batch.deleteData(of: table)
        try database.write(batch, mode: .patient)
        let items = ItemKey.range(of: table.id)
        try database.deleteFiles(in: .items, from: items.lower, to: items.upper)
        for index in table.indexes {
            let entries = ItemKey.range(of: index.id)
            try database.deleteFiles(in: .indexes, from: entries.lower, to: entries.upper)
        }
    }
}
