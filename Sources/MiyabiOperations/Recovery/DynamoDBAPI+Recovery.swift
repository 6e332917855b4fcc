import DynamoDB

extension DynamoDBAPI {
    /// How far back a table can be restored.
    func recovery(of table: String) async throws -> PointInTimeRecoveryDescription? {
        try await describeContinuousBackups(DescribeContinuousBackupsInput(tableName: table))
            .continuousBackupsDescription?.pointInTimeRecoveryDescription
    }

    /// Has a table keep its history for so many days, 1 to 35; nil ends it.
    func setRecovery(of table: String, days: Int?) async throws {
        _ = try await updateContinuousBackups(
            UpdateContinuousBackupsInput(
                tableName: table,
                pointInTimeRecoverySpecification: PointInTimeRecoverySpecification(
                    pointInTimeRecoveryEnabled: days != nil, recoveryPeriodInDays: days)))
    }
}
