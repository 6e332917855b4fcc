import DynamoDB
import Logging

extension EnvironmentBackup {
    /// What the engine calls its backups for as long as they are not in ours.
    private static let engineName = "miyabi-backup-in-progress"

    /// Has the engine make a backup of each table, from a snapshot while writers go on.
    func backUpTables(of dynamoDB: any DynamoDBAPI, into directory: String) async throws -> [Backup.Table] {
        try await removeAbandoned(on: dynamoDB)
        try Files.makeDirectory(directory + "/dynamodb")
        var tables: [Backup.Table] = []
        for try await page in dynamoDB.tablePages() {
            for name in page.tableNames {
                onProgress(.step("DynamoDB table \(name)"))
                do {
                    // One that is being restored is there once it is whole.
                    try await dynamoDB.waitUntilActive(name, timeout: .seconds(86_400))
                    tables.append(try await backUp(name, of: dynamoDB, into: directory))
                } catch let error as DynamoDBError
                    where error.code == .resourceNotFoundException || error.code == .tableNotFoundException
                {
                    logger.info("the table \(name) was deleted meanwhile")
                }
            }
        }
        return tables
    }

    /// The caller holds the home's lock: what is there was left by a backup that was killed.
    private func removeAbandoned(on dynamoDB: any DynamoDBAPI) async throws {
        for try await page in dynamoDB.backupPages() {
            for backup in page.backupSummaries ?? [] where backup.backupName == Self.engineName {
                guard let arn = backup.backupArn else { continue }
                do {
                    _ = try await finished(arn, on: dynamoDB)
                    _ = try await dynamoDB.deleteBackup(DeleteBackupInput(backupArn: arn))
                } catch let error as DynamoDBError where error.code == .backupNotFoundException {
                    // It failed, or is gone.
                }
            }
        }
    }

    private func backUp(
        _ name: String, of dynamoDB: any DynamoDBAPI, into directory: String
    ) async throws -> Backup.Table {
        let created = try await dynamoDB.createBackup(CreateBackupInput(tableName: name, backupName: Self.engineName))
        guard let arn = created.backupDetails?.backupArn else {
            throw OperationsError(.dynamoDB, "the backup of \(name) has no ARN")
        }
        do {
            let table = try await describe(name, try await available(arn, of: name, on: dynamoDB), arn, on: dynamoDB)
            // The engine never changes a backup's file, and has it no longer once it is deleted there.
            try Files.copy(
                "\(settings.home.dynamoDBDirectory)/backups/\(table.fileName)", to: "\(directory)/\(table.file)",
                mayLink: true)
            _ = try await dynamoDB.deleteBackup(DeleteBackupInput(backupArn: arn))
            return table
        } catch {
            // What went wrong first is what has to be known.
            _ = try? await dynamoDB.deleteBackup(DeleteBackupInput(backupArn: arn))
            throw error
        }
    }

    private func available(
        _ arn: String, of name: String, on dynamoDB: any DynamoDBAPI
    ) async throws -> BackupDescription {
        do {
            return try await finished(arn, on: dynamoDB)
        } catch let error as DynamoDBError where error.code == .backupNotFoundException {
            throw OperationsError(
                .dynamoDB, "the engine could not make the backup of \(name); its disk may be full",
                advice: "The reason is in the log of `miyabi up`: \(settings.home.supervisorLog)")
        }
    }

    private func finished(_ arn: String, on dynamoDB: any DynamoDBAPI) async throws -> BackupDescription {
        while true {
            let found = try await dynamoDB.describeBackup(DescribeBackupInput(backupArn: arn)).backupDescription
            if let found, found.backupDetails?.backupStatus == .available { return found }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private func describe(
        _ name: String, _ found: BackupDescription, _ arn: String, on dynamoDB: any DynamoDBAPI
    ) async throws -> Backup.Table {
        let table = try await dynamoDB.describeTable(DescribeTableInput(tableName: name)).table
        let recovery = try await dynamoDB.describeContinuousBackups(DescribeContinuousBackupsInput(tableName: name))
            .continuousBackupsDescription?.pointInTimeRecoveryDescription
        let isRecoverable = recovery?.pointInTimeRecoveryStatus == .enabled
        var tags: [String: String] = [:]
        if let tableARN = found.sourceTableDetails?.tableArn {
            for try await page in dynamoDB.tagPages(ListTagsOfResourceInput(resourceArn: tableARN)) {
                for tag in page.tags ?? [] { tags[tag.key] = tag.value }
            }
        }
        let features = found.sourceTableFeatureDetails
        return Backup.Table(
            name: name, items: found.sourceTableDetails?.itemCount ?? 0,
            bytes: found.backupDetails?.backupSizeBytes ?? 0, arn: arn,
            streamViewType: features?.streamDescription?.streamViewType?.rawValue,
            timeToLiveAttribute: features?.timeToLiveDescription?.attributeName,
            recoveryPeriodInDays: isRecoverable ? recovery?.recoveryPeriodInDays ?? 35 : nil,
            isProtected: table.deletionProtectionEnabled ?? false, tags: tags)
    }
}
