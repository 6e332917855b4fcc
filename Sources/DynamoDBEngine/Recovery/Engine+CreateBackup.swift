public import DynamoDB
internal import Logging

extension Engine {
    /// Backs a table up as it is at this moment. The work goes on in the background, and hinders no writer; meanwhile
    /// the table cannot be deleted, as on AWS.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `TableNotFoundException`, `TableInUseException`.
    public func createBackup(_ input: CreateBackupInput) async throws -> CreateBackupOutput {
        try await perform("CreateBackup", input, on: input.tableName) { core in
            try checkName(input.backupName, at: "BackupName")
            let table = try core.backupSource(named: input.tableName)
            let header = BackupHeader(
                of: table, as: input.backupName, type: .user, at: core.clock.mark(), region: region)
            core.backups.begin(header, of: table)
            // Looked for again: from here on it cannot be deleted any more.
            guard let found = core.catalogue.table(named: input.tableName), found.id == table.id, found.isInUse else {
                core.backups.end(header)
                throw EngineCore.noBackupSource(input.tableName)
            }
            let snapshot = Snapshot(of: core.database)
            core.longWork.start {
                defer { core.backups.end(header) }
                do {
                    try core.write(header, of: table, snapshot)
                } catch is CancellationError {
                    core.logger.warning(
                        "A backup is not made: the engine was closed before", metadata: ["backup": "\(header.arn)"])
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
        if let table = catalogue.table(named: reference), table.isInUse { return table }
        try checkTableName(reference)
        throw EngineCore.noBackupSource(reference)
    }

    fileprivate static func noBackupSource(_ reference: String) -> DynamoDBError {
        DynamoDBError(
            code: .tableNotFoundException, message: "Table not found: \(TableARN.name(of: reference))", table: reference
        )
    }
}
