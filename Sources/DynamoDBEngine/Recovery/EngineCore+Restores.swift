internal import DynamoDB
internal import Logging

extension EngineCore {
    /// Adds a table that is `CREATING`, and begins to fill it.
    ///
    /// - Parameters:
    ///   - contents: puts the items, in the background.
    ///   - definition: looks at the source, which is held from before the call until the restore has ended, and makes the
    ///     table's definition.
    /// - Throws: what `definition` throws; `TableAlreadyExistsException`, `TableInUseException`.
    func beginRestore(
        _ restore: TableRestore, _ contents: @escaping Restore.Contents,
        definition: () async throws -> CreateTableInput
    ) async throws -> Table {
        restores.hold(restore)
        let table: Table
        do {
            let definition = try await definition()
            table = try await addTable(definition, restoring: restore)
        } catch {
            restores.release(restore)
            throw error
        }
        // Whatever becomes of the request, the table is there now, and must not stay `CREATING`.
        fill(table, from: restore, contents)
        try await syncCatalogue()
        return table
    }

    private func addTable(_ definition: CreateTableInput, restoring restore: TableRestore) async throws -> Table {
        let table = try await catalogue.add(definition.tableName) { [clock] newID in
            var record = TableRecord(definition, at: clock.seconds, newID)
            record.status = .creating
            record.restore = restore
            return record
        }
        if let table { return table }
        let name = definition.tableName
        switch catalogue.table(named: name)?.record.status {
        case .creating:
            throw DynamoDBError(code: .tableInUseException, message: "Table is being created: \(name)")
        case .deleting:
            throw DynamoDBError(code: .tableInUseException, message: "Table is being deleted: \(name)")
        default:
            throw DynamoDBError(code: .tableAlreadyExistsException, message: "Table already exists: \(name)")
        }
    }

    /// Goes on with a restore that the last run of the engine left unfinished.
    func resumeRestore(of table: Table, from restore: TableRestore, _ contents: @escaping Restore.Contents) {
        restores.hold(restore)
        fill(table, from: restore, contents)
    }

    /// Fills the table in the background, and shows it. A table whose source is damaged is removed.
    private func fill(_ table: Table, from restore: TableRestore, _ contents: @escaping Restore.Contents) {
        startLongWork("restore", of: table) { core in
            try Restore.run(of: table, from: restore, contents, core)
            // Before the table is shown: whoever sees it may delete the source.
            core.restores.release(restore)
            do {
                _ = try core.catalogue.store.change(table.record.fullName) {
                    if $0.id == table.id { $0.status = .active }
                }
            } catch {
                core.restores.hold(restore)
                throw error
            }
            try core.database.syncLog()
        } givingUp: { core in
            core.restores.release(restore)
            _ = try core.catalogue.store.remove(table.record.fullName) { _ in }
            core.logger.error("The table that could not be restored is removed", metadata: ["table": "\(table.name)"])
        }
    }
}
