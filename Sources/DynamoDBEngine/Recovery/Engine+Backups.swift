public import DynamoDB
internal import Logging

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
