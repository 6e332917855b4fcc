import DynamoDB
import Logging

extension EnvironmentBackup {
    /// Makes a backup of each table. One that is deleted meanwhile is left out.
    func backUpTables(of dynamoDB: any DynamoDBAPI, into directory: String) async throws -> [Backup.Table] {
        let backups = TableBackup(dynamoDB: dynamoDB, settings: settings)
        try await backups.removeAbandoned()
        try Files.makeDirectory(directory + "/dynamodb")
        var tables: [Backup.Table] = []
        for try await page in dynamoDB.tablePages() {
            for name in page.tableNames where !RecoveryMoment.isCopy(name) {
                onProgress(.step("DynamoDB table \(name)"))
                do {
                    // One that is being restored is there once it is whole.
                    try await dynamoDB.waitUntilActive(name, timeout: .seconds(86_400))
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
