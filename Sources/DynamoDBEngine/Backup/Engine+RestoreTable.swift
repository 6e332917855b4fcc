public import DynamoDB

extension Engine {
    /// Makes a table of a backup, in the background; it is `CREATING` until then.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `BackupNotFoundException`, `BackupInUseException` while it is being made,
    ///   `TableAlreadyExistsException`, `ValidationException`; `InternalServerError` for a damaged backup.
    public func restoreTableFromBackup(
        _ input: RestoreTableFromBackupInput
    ) async throws -> RestoreTableFromBackupOutput {
        try await perform("RestoreTableFromBackup", on: input.targetTableName) { core in
            try checkTableName(input.targetTableName)
            guard let description = try core.backups.description(of: input.backupArn) else {
                throw backupNotFound(input.backupArn)
            }
            guard let reader = try core.backups.reader(for: input.backupArn), let details = description.backupDetails
            else {
                throw DynamoDBError(
                    code: .backupInUseException, message: "Backup is being created: \(input.backupArn)")
            }
            let restore = TableRestore(
                moment: UInt64(details.backupCreationDateTime * 1e6),
                sourceTableARN: description.sourceTableDetails?.tableArn ?? "", sourceTableID: nil,
                sourceBackupARN: input.backupArn)
            let definition = try input.definition(from: reader.header.definition)
            return RestoreTableFromBackupOutput(
                tableDescription: try await core.beginRestore(restore, definition))
        }
    }

    /// Makes a table of what another was at some moment, in the background; it is `CREATING` until then.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `TableNotFoundException`, `PointInTimeRecoveryUnavailableException`,
    ///   `InvalidRestoreTimeException`, `TableAlreadyExistsException`, `ValidationException`.
    public func restoreTableToPointInTime(
        _ input: RestoreTableToPointInTimeInput
    ) async throws -> RestoreTableToPointInTimeOutput {
        try await perform("RestoreTableToPointInTime", on: input.targetTableName) { core in
            try checkTableName(input.targetTableName)
            guard let reference = input.sourceTableArn ?? input.sourceTableName else {
                throw DynamoDBError.validation("One of SourceTableName and SourceTableArn must be specified")
            }
            let source = try core.backupSource(named: reference)
            let restore = TableRestore(
                moment: try input.moment(of: source), sourceTableARN: TableARN(source.name, region: core.region).text,
                sourceTableID: source.id, sourceBackupARN: nil)
            let definition = try input.definition(from: source.record.definition)
            return RestoreTableToPointInTimeOutput(
                tableDescription: try await core.beginRestore(restore, definition))
        }
    }
}

extension EngineCore {
    fileprivate func beginRestore(
        _ restore: TableRestore, _ definition: CreateTableInput
    ) async throws -> TableDescription {
        let table = try await catalogue.add(definition.tableName) { newID in
            var record = TableRecord(definition, newID)
            record.status = .creating
            record.restore = restore
            return record
        }
        guard let table else {
            throw DynamoDBError(
                code: .tableAlreadyExistsException, message: "Table already exists: \(definition.tableName)")
        }
        try await syncCatalogue()
        startRestore(of: table)
        return TableDescription(table, region: region)
    }
}

extension RestoreTableToPointInTimeInput {
    /// The moment asked for, in microseconds since 1970.
    fileprivate func moment(of source: Table) throws(DynamoDBError) -> UInt64 {
        let now = currentTime()
        guard let recovery = source.record.pointInTimeRecovery else {
            throw DynamoDBError(
                code: .pointInTimeRecoveryUnavailableException,
                message: "Point in time recovery is not enabled for table '\(source.name)'")
        }
        switch (useLatestRestorableTime ?? false, restoreDateTime) {
        case (true, nil): return UInt64(now * 1e6)
        case (true, .some):
            throw .validation("Only one of UseLatestRestorableTime and RestoreDateTime can be specified")
        case (false, nil):
            throw .validation("One of UseLatestRestorableTime and RestoreDateTime must be specified")
        case (false, let time?):
            guard time >= recovery.earliest(at: now), time <= now else {
                throw DynamoDBError(
                    code: .invalidRestoreTimeException,
                    message: "RestoreDateTime must be between EarliestRestorableDateTime and LatestRestorableDateTime")
            }
            return UInt64(time * 1e6)
        }
    }
}
