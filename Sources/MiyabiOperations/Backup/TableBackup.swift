import DynamoDB
import Encryption
import Logging
import MiyabiHome
import MiyabiSystem

/// Backups of single tables: made by the engine from a snapshot while writers go on, then taken out of its directory.
struct TableBackup: Sendable {
    /// What the engine calls its backups for as long as they are in its directory.
    private static let engineName = "miyabi-backup-in-progress"

    /// The running engine.
    let dynamoDB: any DynamoDBAPI
    /// Where it runs.
    let settings: Settings
    /// What encrypts what the engine does not; nil leaves files as they are, for another engine of this machine.
    var key: MasterKey?

    /// Makes a backup of a table.
    ///
    /// - Parameters:
    ///   - name: the table, of which the backup is to tell streams, expiry and the like as they are now.
    ///   - copy: the table that has its items; nil for itself.
    ///   - directory: where the file goes.
    func make(_ name: String, itemsOf copy: String? = nil, into directory: String) async throws -> Backup.Table {
        let created = try await dynamoDB.createBackup(
            CreateBackupInput(tableName: copy ?? name, backupName: Self.engineName))
        guard let arn = created.backupDetails?.backupArn else {
            throw OperationsError(.dynamoDB, "the backup of \(name) has no ARN")
        }
        do {
            let table = try await describe(name, try await available(arn, of: name))
            // The engine never changes a backup's file, and has it no longer once it is deleted there.
            let (file, copy) = (
                "\(settings.home.dynamoDBDirectory)/backups/\(table.fileName)", "\(directory)/\(table.fileName)"
            )
            if let key, !SealedFileReader.isSealed(file) {
                try SealedFiles.seal(file, to: copy, key, context: SealedFiles.tableContext)
            } else {
                try Files.copy(file, to: copy, mayLink: true)
            }
            try await remove(arn)
            return table
        } catch {
            // What went wrong first is what has to be known.
            try? await remove(arn)
            throw error
        }
    }

    /// Removes what was left by a backup that was killed. The caller holds the home's lock.
    func removeAbandoned() async throws {
        for try await page in dynamoDB.backupPages() {
            for backup in page.backupSummaries ?? [] where backup.backupName == Self.engineName {
                guard let arn = backup.backupArn else { continue }
                do {
                    _ = try await finished(arn)
                    try await remove(arn)
                } catch let error as DynamoDBError where error.code == .backupNotFoundException {
                    // It failed, or is gone.
                }
            }
        }
    }

    private func remove(_ arn: String) async throws {
        _ = try await dynamoDB.deleteBackup(DeleteBackupInput(backupArn: arn))
    }

    private func available(_ arn: String, of name: String) async throws -> BackupDescription {
        do {
            return try await finished(arn)
        } catch let error as DynamoDBError where error.code == .backupNotFoundException {
            throw OperationsError(
                .dynamoDB, "the engine could not make the backup of \(name); its disk may be full",
                advice: "Look for the reason in the log: miyabi logs")
        }
    }

    private func finished(_ arn: String) async throws -> BackupDescription {
        while true {
            let found = try await dynamoDB.describeBackup(DescribeBackupInput(backupArn: arn)).backupDescription
            if let found, found.backupDetails?.backupStatus == .available { return found }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private func describe(_ name: String, _ backup: BackupDescription) async throws -> Backup.Table {
        let table = try await dynamoDB.describeTable(DescribeTableInput(tableName: name)).table
        let expiry = try await dynamoDB.describeTimeToLive(DescribeTimeToLiveInput(tableName: name))
            .timeToLiveDescription
        let recovery = try await dynamoDB.recovery(of: name)
        var tags: [String: String] = [:]
        if let tableARN = table.tableArn {
            for try await page in dynamoDB.tagPages(ListTagsOfResourceInput(resourceArn: tableARN)) {
                for tag in page.tags ?? [] { tags[tag.key] = tag.value }
            }
        }
        let hasExpiry = [.enabled, .enabling].contains(expiry.timeToLiveStatus)
        let isRecoverable = recovery?.pointInTimeRecoveryStatus == .enabled
        return Backup.Table(
            name: name, items: backup.sourceTableDetails?.itemCount ?? 0,
            bytes: backup.backupDetails?.backupSizeBytes ?? 0, arn: backup.backupDetails?.backupArn ?? "",
            streamViewType: table.streamSpecification?.streamViewType?.rawValue,
            timeToLiveAttribute: hasExpiry ? expiry.attributeName : nil,
            recoveryPeriodInDays: isRecoverable ? recovery?.recoveryPeriodInDays ?? 35 : nil,
            isProtected: table.deletionProtectionEnabled ?? false, tags: tags)
    }
}
