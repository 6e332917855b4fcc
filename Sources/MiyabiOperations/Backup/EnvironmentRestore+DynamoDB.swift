import DynamoDB
import Logging
import MiyabiHome
import MiyabiSystem

extension EnvironmentRestore {
    /// Gives the engine the files of a backup.
    func takeBackups(of tables: [Backup.Table], from directory: String) throws(OperationsError) {
        let files = settings.home.dynamoDBDirectory + "/backups"
        try Files.makeDirectory(files)
        for table in tables {
            try Files.copy("\(directory)/\(table.file)", to: "\(files)/\(table.fileName)", mayLink: true)
        }
    }

    /// Has the engine make tables of the backups that it was given, and gives them what backups do not hold.
    func restoreTables(_ tables: [Backup.Table]) async throws {
        if tables.isEmpty { return }
        // Any port: nobody is told of it, and nothing is served.
        let engine = try await startDynamoDB(settings.home.dynamoDBDirectory, 0, logger)
        do {
            for table in tables {
                onStep("DynamoDB table \(table.name)")
                try await restore(table, on: engine.api)
                _ = try await engine.api.deleteBackup(DeleteBackupInput(backupArn: table.arn))
            }
        } catch {
            await engine.stop()
            throw error
        }
        await engine.stop()
    }

    /// Waits as long as it takes: the engine gives up by itself what cannot be restored.
    private func active(_ name: String, on dynamoDB: any DynamoDBAPI) async throws -> TableDescription {
        do {
            return try await dynamoDB.waitUntilActive(name, timeout: .seconds(1_000_000))
        } catch let error as DynamoDBError where error.code == .resourceNotFoundException {
            throw OperationsError(
                .dynamoDB, "the engine could not restore \(name)",
                advice: "The warning above says why; the disk may be full.")
        }
    }

    private func restore(_ table: Backup.Table, on dynamoDB: any DynamoDBAPI) async throws {
        _ = try await dynamoDB.restoreTableFromBackup(
            RestoreTableFromBackupInput(targetTableName: table.name, backupArn: table.arn))
        let made = try await active(table.name, on: dynamoDB)
        guard made.itemCount == table.items else {
            throw OperationsError(
                .backup, "the table \(table.name) has \(made.itemCount ?? 0) items instead of \(table.items)")
        }
        if let name = table.streamViewType {
            guard let view = StreamViewType(rawValue: name) else {
                throw OperationsError(.backup, "\(table.name) has an unknown stream view type: \(name)")
            }
            _ = try await dynamoDB.updateTable(
                UpdateTableInput(
                    tableName: table.name,
                    streamSpecification: StreamSpecification(streamEnabled: true, streamViewType: view)))
        }
        if let attribute = table.timeToLiveAttribute {
            _ = try await dynamoDB.updateTimeToLive(
                UpdateTimeToLiveInput(
                    tableName: table.name,
                    timeToLiveSpecification: TimeToLiveSpecification(attributeName: attribute, enabled: true)))
        }
        if let days = table.recoveryPeriodInDays {
            try await dynamoDB.setRecovery(of: table.name, days: days)
        }
        if table.isProtected {
            _ = try await dynamoDB.updateTable(
                UpdateTableInput(tableName: table.name, deletionProtectionEnabled: true))
        }
        if !table.tags.isEmpty, let arn = made.tableArn {
            let tags = table.tags.sorted { $0.key < $1.key }.map { Tag(key: $0.key, value: $0.value) }
            _ = try await dynamoDB.tagResource(TagResourceInput(resourceArn: arn, tags: tags))
        }
    }
}
