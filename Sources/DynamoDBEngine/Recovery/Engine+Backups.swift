public import DynamoDB
import Logging

extension Engine {
    /// Describes a backup.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `BackupNotFoundException`.
    public func describeBackup(_ input: DescribeBackupInput) async throws -> DescribeBackupOutput {
        try await perform("DescribeBackup", input) { core in
            DescribeBackupOutput(backupDescription: try core.backup(input.backupArn).told(in: region))
        }
    }

    /// Lists backups, oldest first.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`.
    public func listBackups(_ input: ListBackupsInput) async throws -> ListBackupsOutput {
        try await perform("ListBackups", input, on: input.tableName) { core in
            let limit = input.limit ?? Limits.listedBackups
            var matching = try core.backups.all(in: view.namespace).map { BackupSummary($0.told(in: region)) }.filter(
                input.includes)[...]
            if let start = input.exclusiveStartBackupArn {
                matching = matching.drop { !BackupHeader.isOlder(start, than: $0.backupArn ?? "") }
            }
            let page = Array(matching.prefix(limit))
            return ListBackupsOutput(
                backupSummaries: page,
                lastEvaluatedBackupArn: page.count < matching.count ? page.last?.backupArn : nil)
        }
    }

    /// Deletes a backup.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `BackupNotFoundException`, `BackupInUseException` while it is being made or
    ///   restored.
    public func deleteBackup(_ input: DeleteBackupInput) async throws -> DeleteBackupOutput {
        try await perform("DeleteBackup", input) { core in
            var description = try core.backup(input.backupArn)
            guard description.backupDetails?.backupStatus != .creating else {
                throw DynamoDBError(
                    code: .backupInUseException, message: "Backup is being created: \(input.backupArn)")
            }
            let isRemoved = try core.restores.unlessReading(backup: input.backupArn) {
                try core.backups.remove(input.backupArn)
            }
            guard isRemoved else {
                throw DynamoDBError(
                    code: .backupInUseException, message: "Backup is being restored: \(input.backupArn)")
            }
            description.backupDetails?.backupStatus = .deleted
            return DeleteBackupOutput(backupDescription: description.told(in: region))
        }
    }
}

extension EngineCore {
    /// - Throws: `BackupNotFoundException`; `InternalServerError` for a damaged file.
    func backup(_ arn: String) throws -> BackupDescription {
        guard let description = try readable(arn, { try backups.description(of: arn, in: catalogue.namespace) }) else {
            throw backupNotFound(arn)
        }
        return description
    }

    /// - Throws: as ``backup(_:)``.
    func backupHeader(_ arn: String) throws -> BackupHeader {
        guard let reader = try readable(arn, { try backups.reader(for: arn, in: catalogue.namespace) }) else {
            throw backupNotFound(arn)
        }
        return reader.header
    }

    /// Says of a file that cannot be read which one it is.
    private func readable<Result>(_ arn: String, _ body: () throws -> Result?) throws -> Result? {
        do {
            return try body()
        } catch let error where error is StorageError || error is StoredDataError {
            logger.error("A backup cannot be read", metadata: ["backup": "\(arn)", "error": "\(error)"])
            throw DynamoDBError(code: .internalServerError, message: "The file of the backup is damaged: \(arn)")
        }
    }
}

func backupNotFound(_ arn: String) -> DynamoDBError {
    DynamoDBError(code: .backupNotFoundException, message: "Backup not found: \(arn)")
}

extension BackupSummary {
    fileprivate init(_ backup: BackupDescription) {
        let (details, source) = (backup.backupDetails, backup.sourceTableDetails)
        self.init(
            tableName: source?.tableName, tableId: source?.tableId, tableArn: source?.tableArn,
            backupArn: details?.backupArn, backupName: details?.backupName,
            backupCreationDateTime: details?.backupCreationDateTime,
            backupExpiryDateTime: details?.backupExpiryDateTime, backupStatus: details?.backupStatus,
            backupType: details?.backupType, backupSizeBytes: details?.backupSizeBytes)
    }
}

extension ListBackupsInput {
    fileprivate func includes(_ backup: BackupSummary) -> Bool {
        let time = backup.backupCreationDateTime ?? 0
        let type = backupType ?? .user
        return (tableName.map { TableARN.name(of: $0) == backup.tableName } ?? true)
            && (timeRangeLowerBound.map { $0 <= time } ?? true)
            && (timeRangeUpperBound.map { time < $0 } ?? true)
            && (type == .all || type.rawValue == backup.backupType?.rawValue)
    }
}

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
                tableDescription: TableDescription(
                    table, region: region, at: core.clock.seconds, isEncrypted: core.isEncrypted))
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
