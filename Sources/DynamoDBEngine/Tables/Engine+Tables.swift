public import DynamoDB
import Logging

extension Engine {
    /// Creates a table and its indexes; it is `ACTIVE` at once.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceInUseException`, `InternalServerError`.
    public func createTable(_ input: CreateTableInput) async throws -> CreateTableOutput {
        try await perform("CreateTable", input, on: input.tableName) { core in
            try CreateTableValidation.check(input)
            let name = TableARN.name(of: input.tableName)
            let table = try await core.catalogue.add(name) { newID in
                var definition = input
                definition.tableName = name
                definition.streamSpecification = nil
                var record = TableRecord(definition, at: core.clock.seconds, newID)
                record.policyRevision = input.resourcePolicy.map { _ in newPolicyRevision(at: core.clock) }
                if let stream = input.streamSpecification, stream.streamEnabled {
                    try record.change(stream, at: core.clock.mark())
                }
                return record
            }
            guard let table else {
                try core.catalogue.table(named: input.tableName)?.record.refuseIfCreating()
                throw DynamoDBError(
                    code: .resourceInUseException, message: "Table already exists: \(name)")
            }
            try await core.syncCatalogue()
            return CreateTableOutput(
                tableDescription: TableDescription(
                    table, region: region, at: core.clock.seconds, isEncrypted: core.isEncrypted))
        }
    }
}

extension Engine {
    /// Describes a table. Item count and size are kept current by every write; see ``Tally``.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ResourceNotFoundException`, `ValidationException`.
    public func describeTable(_ input: DescribeTableInput) async throws -> DescribeTableOutput {
        try await perform("DescribeTable", input, on: input.tableName) { core in
            guard let table = core.catalogue.table(named: input.tableName) else {
                throw try tableNotFound(input.tableName)
            }
            return DescribeTableOutput(
                table: TableDescription(
                    table, region: region, at: core.clock.seconds, isEncrypted: core.isEncrypted))
        }
    }
}

extension Engine {
    /// Lists the names of tables in their order, up to 100 at a time.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`.
    public func listTables(_ input: ListTablesInput) async throws -> ListTablesOutput {
        try await perform("ListTables", input) { core in
            let limit = try pageLimit(input.limit, atMost: Limits.listedTables)
            var names = core.catalogue.tables.map(\.name)
            if let start = input.exclusiveStartTableName {
                names.removeAll { !start.utf8.lexicographicallyPrecedes($0.utf8) }
            }
            let page = Array(names.prefix(limit))
            return ListTablesOutput(
                tableNames: page, lastEvaluatedTableName: page.count < names.count ? page.last : nil)
        }
    }
}

extension Engine {
    /// Deletes a table, its items and its indexes; its name is free at once. Only a table with point-in-time recovery is
    /// `DELETING` for a while, until the backup is made that it leaves. No error for a table that is already.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ResourceNotFoundException`, `ResourceInUseException` while an index is
    ///   being filled, or a backup or a restore reads the table, `ValidationException` for a protected table.
    public func deleteTable(_ input: DeleteTableInput) async throws -> DeleteTableOutput {
        try await perform("DeleteTable", input, on: input.tableName) { core in
            let table = try await core.beginDeletion(of: input.tableName, region)
            try await core.syncCatalogue()
            return DeleteTableOutput(
                tableDescription: TableDescription(ofDeleted: table, region: region, at: core.clock.seconds))
        }
    }
}

extension EngineCore {
    /// Marks the table as `DELETING`, and removes it unless a backup is to be made first.
    fileprivate func beginDeletion(of name: String, _ region: String) async throws -> Table {
        if let table = catalogue.table(named: name), table.record.status == .deleting { return table }
        let marked = try await catalogue.change(name) { [self] record throws(DynamoDBError) in
            try checkDeletable(record)
            record.status = .deleting
        }
        guard let table = marked else { throw try tableNotFound(name) }
        if table.keepsHistory {
            deleteInBackground(table, region)
            return table
        }
        do {
            try await changes.run { [self] in try remove(table) }
        } catch {
            // Whatever becomes of the request, the table is `DELETING` now, and must not stay so.
            deleteInBackground(table, region)
            throw error
        }
        return table
    }

    private func checkDeletable(_ record: TableRecord) throws(DynamoDBError) {
        guard record.definition.deletionProtectionEnabled != true else {
            throw .validation(
                "Resource cannot be deleted as it is currently protected against deletion. Disable deletion "
                    + "protection first.")
        }
        try record.checkUnused()
        guard record.backfills.isEmpty else {
            throw .resourceInUse("Cannot delete table while indexes are being created, updated, or deleted.")
        }
        guard !backups.isReading(table: record.id) else {
            throw .resourceInUse("Table is being backed up: \(record.name)")
        }
        guard !restores.isReading(table: record.id) else {
            throw .resourceInUse("Table is being restored to a point in time: \(record.name)")
        }
    }

    /// Removes the table, if that is not done already, and its data.
    private func remove(_ table: Table) throws {
        let (tables, name) = (catalogue.store, table.record.fullName)
        if tables.table(named: name)?.id == table.id { _ = try tables.remove(name) { _ in } }
        try removeNow(table.dataRanges)
    }

    /// Removes a table that is `DELETING`. As on AWS, one with point-in-time recovery leaves a backup, which is kept for
    /// 35 days: of the moment at which nobody could write to the table any more.
    private func deleteInBackground(_ table: Table, _ region: String) {
        let backup = BackupHeader(
            of: table, as: "\(table.name)$DeletedTableBackup", type: .system, at: clock.mark(), region: region)
        if table.keepsHistory { backups.begin(backup, of: table) }
        startLongWork("deletion", of: table) { core in
            // Not again, if what comes after it failed: the items may be gone.
            if table.keepsHistory, core.backups.isReading(table: table.id) {
                core.commits.stripes.waitForWriters()
                try core.write(backup, of: table, Snapshot(of: core.database))
                core.backups.end(backup)
            }
            try core.remove(table)
            try core.database.syncLog()
        } givingUp: { core in
            core.backups.end(backup)
            _ = try core.catalogue.store.change(table.record.fullName) { if $0.id == table.id { $0.status = .active } }
            core.logger.error(
                "The table stays: the backup of what it was cannot be made", metadata: ["table": "\(table.name)"])
        }
    }

    /// Goes on with the deletions that the last run of the engine left unfinished.
    func resumeDeletions() {
        for table in catalogue.store.tables where table.record.status == .deleting {
            deleteInBackground(table, Caller.standardRegion)
        }
    }
}
