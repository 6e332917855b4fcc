import DynamoDB
import Logging
import MiyabiHome
import MiyabiSystem

extension EnvironmentBackup {
    /// Makes a backup of each table. One that is deleted meanwhile is left out.
    func backUpTables(of dynamoDB: any DynamoDBAPI, into directory: String) async throws -> [Backup.Table] {
        // A table that was made since recovery was turned on begins to keep its history, too.
        let days = try RecoveryPolicy.read(of: settings.home)?.days
        let backups = TableBackup(dynamoDB: dynamoDB, settings: settings)
        try await backups.removeAbandoned()
        try Files.makeDirectory(directory + "/dynamodb")
        var tables: [Backup.Table] = []
        for try await page in dynamoDB.tablePages() {
            for name in page.tableNames {
                onProgress(.step("DynamoDB table \(name)"))
                do {
                    if try await RecoveryMoment.isCopy(name, on: dynamoDB) { continue }
                    // One that is being restored is there once it is whole.
                    try await dynamoDB.waitUntilActive(name, timeout: .seconds(86_400))
                    if let days { try await RecoveryControl.keepHistory(of: name, days: days, on: dynamoDB) }
                    tables.append(try await backups.make(name, into: directory + "/dynamodb"))
                } catch let error as DynamoDBError
                    where error.code == .resourceNotFoundException || error.code == .tableNotFoundException
                {
                    logger.info("the table \(name) was deleted meanwhile")
                }
            }
        }
        return tables
    }
}
