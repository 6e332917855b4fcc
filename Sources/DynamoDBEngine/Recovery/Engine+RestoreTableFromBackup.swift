public import DynamoDB

extension Engine {
    /// Makes a table of a backup, in the background; it is `CREATING` until then.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `BackupNotFoundException`, `BackupInUseException` while it is being made,
    ///   `TableAlreadyExistsException`, `TableInUseException` if a table of that name is being created or deleted,
    ///   `ValidationException`; `InternalServerError` for a damaged backup.
    public func restoreTableFromBackup(
        _ input: RestoreTableFromBackupInput
    ) async throws -> RestoreTableFromBackupOutput {
        try await perform("RestoreTableFromBackup", input, on: input.targetTableName) { core in
            try checkTableName(input.targetTableName)
            let backup = try core.backup(input.backupArn)
            let restore = TableRestore(
                moment: backup.moment, sourceTableARN: backup.sourceTableDetails?.tableArn ?? "", sourceTableID: nil,
                sourceBackupARN: input.backupArn)
            let table = try await core.beginRestore(restore, Restore.copyBackup) {
                // Looked for again once it is held: it cannot be deleted any more.
                guard try core.backup(input.backupArn).backupDetails?.backupStatus == .available else {
                    throw DynamoDBError(
                        code: .backupInUseException, message: "Backup is being created: \(input.backupArn)")
                }
                return try input.definition(from: try core.backupHeader(input.backupArn).definition)
            }
            return RestoreTableFromBackupOutput(
                tableDescription: TableDescription(table, region: region, at: core.clock.seconds))
        }
    }
}

extension Restore {
    static let copyBackup: Contents = { restore, source, core in
        let arn = source.sourceBackupARN ?? ""
        guard let reader = try core.backups.reader(for: arn, in: restore.table.record.namespace) else {
            throw backupNotFound(arn)
        }
        try reader.forEach { try restore.put($0) }
    }
}

extension BackupDescription {
    /// The moment that the backup is of, in microseconds since 1970.
    fileprivate var moment: UInt64 {
        let time = (backupDetails?.backupCreationDateTime ?? 0) * 1e6
        return UInt64(max(0, min(time, Double(EngineClock.end))))
    }
}
