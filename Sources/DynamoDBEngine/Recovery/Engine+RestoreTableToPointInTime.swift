public import DynamoDB

extension Engine {
    /// Makes a table of what another was at some moment, in the background; it is `CREATING` until then.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `TableNotFoundException`, `PointInTimeRecoveryUnavailableException`,
    ///   `InvalidRestoreTimeException`, `TableAlreadyExistsException`, `TableInUseException` if a table of that name is
    ///   being created or deleted, `ValidationException`.
    public func restoreTableToPointInTime(
        _ input: RestoreTableToPointInTimeInput
    ) async throws -> RestoreTableToPointInTimeOutput {
        try await perform("RestoreTableToPointInTime", input, on: input.targetTableName) { core in
            try checkTableName(input.targetTableName)
            guard let reference = input.sourceTableArn ?? input.sourceTableName else {
                throw DynamoDBError.validation("One of SourceTableName and SourceTableArn must be specified")
            }
            let source = try core.backupSource(named: reference)
            guard source.record.pointInTimeRecovery?.isOn == true else { throw core.noHistory(of: source) }
            let restore = TableRestore(
                moment: try input.moment(core.clock), sourceTableARN: TableARN(source.name, region: region).text,
                sourceTableID: source.id, sourceBackupARN: nil)
            let table = try await core.beginRestore(restore, Restore.rewind) {
                // After trimming and what else changes the history: from here on it is held.
                try await core.changes.run {
                    let source = try core.backupSource(named: reference)
                    guard source.id == restore.sourceTableID, source.record.pointInTimeRecovery?.isOn == true else {
                        throw core.noHistory(of: source)
                    }
                    guard let earliest = try core.earliestRestorable(of: source), earliest <= restore.moment else {
                        throw DynamoDBError.invalidRestoreTime
                    }
                    return try input.definition(from: source.record.definition)
                }
            }
            return RestoreTableToPointInTimeOutput(
                tableDescription: TableDescription(
                    table, region: region, at: core.clock.seconds, isEncrypted: core.isEncrypted))
        }
    }
}

extension EngineCore {
    fileprivate func noHistory(of table: Table) -> DynamoDBError {
        DynamoDBError(
            code: .pointInTimeRecoveryUnavailableException,
            message: "Point in time recovery is not enabled for table '\(table.name)'")
    }
}

extension RestoreTableToPointInTimeInput {
    /// The moment asked for, in microseconds since 1970.
    fileprivate func moment(_ clock: EngineClock) throws(DynamoDBError) -> UInt64 {
        switch (useLatestRestorableTime ?? false, restoreDateTime) {
        case (true, nil): return clock.mark()
        case (true, .some):
            throw .validation("Only one of UseLatestRestorableTime and RestoreDateTime can be specified")
        case (false, nil):
            throw .validation("One of UseLatestRestorableTime and RestoreDateTime must be specified")
        case (false, let time?):
            guard let moment = UInt64(exactly: (time * 1e6).rounded()), moment <= clock.present else {
                throw .invalidRestoreTime
            }
            return moment
        }
    }
}

extension DynamoDBError {
    fileprivate static let invalidRestoreTime = DynamoDBError(
        code: .invalidRestoreTimeException,
        message: "RestoreDateTime must be between EarliestRestorableDateTime and LatestRestorableDateTime")
}
