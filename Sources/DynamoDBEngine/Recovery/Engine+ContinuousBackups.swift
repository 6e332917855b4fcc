public import DynamoDB

extension Engine {
    /// Tells whether and how far back a table can be restored.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `TableNotFoundException`.
    public func describeContinuousBackups(
        _ input: DescribeContinuousBackupsInput
    ) async throws -> DescribeContinuousBackupsOutput {
        try await perform("DescribeContinuousBackups", on: input.tableName) { core in
            let table = try core.backupSource(named: input.tableName)
            return DescribeContinuousBackupsOutput(continuousBackupsDescription: ContinuousBackupsDescription(table))
        }
    }

    /// Turns point-in-time recovery on or off, or sets how far back it reaches. Turning it off forgets all changes.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `TableNotFoundException`, `ValidationException`.
    public func updateContinuousBackups(
        _ input: UpdateContinuousBackupsInput
    ) async throws -> UpdateContinuousBackupsOutput {
        try await perform("UpdateContinuousBackups", on: input.tableName) { core in
            let wanted = input.pointInTimeRecoverySpecification
            if let days = wanted.recoveryPeriodInDays, !(1...35).contains(days) {
                throw DynamoDBError.validation(
                    "1 validation error detected: Value '\(days)' at "
                        + "'pointInTimeRecoverySpecification.recoveryPeriodInDays' failed to satisfy constraint: Member "
                        + "must have value \(days < 1 ? "greater than or equal to 1" : "less than or equal to 35")")
            }
            var table = try core.backupSource(named: input.tableName)
            let isOn = table.record.pointInTimeRecovery != nil
            if wanted.pointInTimeRecoveryEnabled {
                table = try await isOn ? core.setRecovery(of: table, wanted) : core.beginRecovery(of: table, wanted)
            } else if isOn {
                table = try await core.endRecovery(of: table)
            }
            return UpdateContinuousBackupsOutput(continuousBackupsDescription: ContinuousBackupsDescription(table))
        }
    }
}

extension EngineCore {
    private func change(_ table: Table, _ change: @escaping @Sendable (inout TableRecord) -> Void) async throws -> Table
    {
        guard let changed = try await catalogue.change(table.name, change) else {
            throw DynamoDBError(code: .tableNotFoundException, message: "Table not found: \(table.name)")
        }
        try await syncCatalogue()
        return changed
    }

    fileprivate func setRecovery(
        of table: Table, _ wanted: PointInTimeRecoverySpecification
    ) async throws -> Table {
        try await change(table) { record in
            if let days = wanted.recoveryPeriodInDays { record.pointInTimeRecovery?.days = days }
        }
    }

    fileprivate func beginRecovery(
        of table: Table, _ wanted: PointInTimeRecoverySpecification
    ) async throws -> Table {
        let days = wanted.recoveryPeriodInDays ?? 35
        _ = try await change(table) { $0.pointInTimeRecovery = PointInTimeRecovery(days: days, since: currentTime()) }
        // Restores reach back to the moment from which every writer keeps records.
        let stripes = commits.stripes
        try await changes.run { stripes.waitForWriters() }
        return try await change(table) {
            $0.pointInTimeRecovery = PointInTimeRecovery(days: days, since: currentTime())
        }
    }

    fileprivate func endRecovery(of table: Table) async throws -> Table {
        let changed = try await change(table) { $0.pointInTimeRecovery = nil }
        try await sweep([(.history, ItemKey.range(of: table.id))])
        return changed
    }

    /// Removes records of changes that no restore reaches any more.
    func trimHistory(at time: Double) throws {
        let batch = WriteBatch(for: database)
        for table in catalogue.tables {
            guard let recovery = table.record.pointInTimeRecovery else { continue }
            let range = HistoryRecord.range(of: table.id, before: UInt64(recovery.earliest(at: time) * 1e6))
            let cursor = RangeCursor(database, .history, in: range, forward: true, withinPrefix: false)
            if try cursor.isValid() { batch.deleteRange(range, in: .history) }
        }
        if batch.count > 0 { try database.write(batch, mode: .patient) }
    }

    /// Makes new commits come after all that are on record, even if the machine's clock went back.
    func advanceClockPastHistory() throws {
        for table in catalogue.tables where table.keepsHistory {
            let cursor = RangeCursor(
                database, .history, in: ItemKey.range(of: table.id), forward: false, withinPrefix: false)
            if try cursor.isValid() { clock.advance(past: HistoryRecord(key: cursor.key, value: cursor.value).number) }
        }
    }
}

extension ContinuousBackupsDescription {
    fileprivate init(_ table: Table) {
        let now = currentTime()
        let recovery = table.record.pointInTimeRecovery
        self.init(
            continuousBackupsStatus: .enabled,
            pointInTimeRecoveryDescription: PointInTimeRecoveryDescription(
                pointInTimeRecoveryStatus: recovery == nil ? .disabled : .enabled,
                recoveryPeriodInDays: recovery?.days, earliestRestorableDateTime: recovery?.earliest(at: now),
                latestRestorableDateTime: recovery.map { _ in now }))
    }
}
