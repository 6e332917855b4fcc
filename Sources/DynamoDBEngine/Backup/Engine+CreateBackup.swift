public import DynamoDB
internal import Logging

extension Engine {
    /// Backs a table up as it is at this moment. The work goes on in the background, and hinders no writer.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `TableNotFoundException`, `TableInUseException`.
    public func createBackup(_ input: CreateBackupInput) async throws -> CreateBackupOutput {
        try await perform("CreateBackup", on: input.tableName) { core in
            try checkName(input.backupName, at: "backupName")
            let table = try core.backupSource(named: input.tableName)
            let header = BackupHeader(
                of: table, as: input.backupName, type: .user, at: currentTime(), region: core.region)
            let snapshot = Snapshot(of: core.database)
            core.backups.begin(header)
            core.backupWork.start {
                do {
                    try core.write(header, of: table, snapshot)
                } catch is CancellationError {
                    // The engine was closed; nothing of the backup is left.
                } catch {
                    core.logger.error(
                        "A backup failed", metadata: ["backup": "\(header.arn)", "error": "\(error)"])
                }
            }
            return CreateBackupOutput(backupDetails: header.description.backupDetails)
        }
    }
}

extension EngineCore {
    /// Makes a backup of what the snapshot shows. Blocks its thread.
    func write(_ header: BackupHeader, of table: Table, _ snapshot: Snapshot) throws {
        try backups.write(header, of: table, snapshot, database) { isStopping }
    }

    /// The table to back up, or to restore from.
    func backupSource(named reference: String) throws(DynamoDBError) -> Table {
        if let table = catalogue.table(named: reference), table.record.status != .creating { return table }
        try checkTableName(reference)
        throw DynamoDBError(
            code: .tableNotFoundException, message: "Table not found: \(TableARN.name(of: reference))", table: reference
        )
    }
}
