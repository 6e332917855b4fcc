public import DynamoDB

extension Engine {
    /// Deletes a table, its items and its indexes; its name is free at once.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ResourceNotFoundException`, `ResourceInUseException` while an index is
    ///   being filled, `ValidationException` for a protected table.
    public func deleteTable(_ input: DeleteTableInput) async throws -> DeleteTableOutput {
        try await perform("DeleteTable", on: input.tableName) { core in
            try await core.backUpBeforeDeletion(input.tableName)
            let removed = try await core.catalogue.remove(input.tableName) { table throws(DynamoDBError) in
                guard table.record.definition.deletionProtectionEnabled != true else {
                    throw .validation(
                        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion "
                            + "protection first.")
                }
                try table.record.checkUnused()
                guard table.record.backfills.isEmpty else { throw table.record.inUse("indexed") }
            }
            guard let table = removed else { throw try tableNotFound(input.tableName) }
            var description = TableDescription(table, region: core.region)
            description.tableStatus = .deleting
            try await core.sweep(table.dataRanges)
            try await core.syncCatalogue()
            return DeleteTableOutput(tableDescription: description)
        }
    }
}

extension EngineCore {
    /// Waits until nobody writes to a table as it was before a change of its record.
    func waitForWriters() async throws {
        let stripes = commits.stripes
        try await changes.run { stripes.waitForWriters() }
    }

    /// Removes what late writers added to a table or index after its removal, and gives back the space of whole files.
    func sweep(_ ranges: [(ColumnFamily, KeyRange)]) async throws {
        let (database, stripes) = (database, commits.stripes)
        try await changes.run {
            stripes.waitForWriters()
            let batch = WriteBatch(for: database)
            for (family, range) in ranges { batch.deleteRange(range, in: family) }
            try database.write(batch, mode: .patient)
            for (family, range) in ranges { try database.deleteFiles(range, in: family) }
        }
    }
}

extension EngineCore {
    /// As on AWS, a table with point-in-time recovery leaves a backup, which is kept for 35 days.
    fileprivate func backUpBeforeDeletion(_ name: String) async throws {
        guard let table = catalogue.table(named: name), table.keepsHistory,
            table.record.definition.deletionProtectionEnabled != true
        else { return }
        let header = BackupHeader(
            of: table, as: "\(table.name)$DeletedTableBackup", type: .system, at: currentTime(), region: region)
        try await backupWork.run { [self] in try write(header, of: table, Snapshot(of: database)) }
    }
}

extension TableRecord {
    /// Refuses a change of a table that is being created or changed.
    func checkUnused() throws(DynamoDBError) {
        switch status {
        case .active: return
        case .creating: throw inUse("created")
        default: throw inUse("updated")
        }
    }

    func inUse(_ work: String) -> DynamoDBError {
        DynamoDBError(
            code: .resourceInUseException,
            message: "Attempt to change a resource which is still in use: Table is being \(work): \(name)")
    }
}
