public import DynamoDB

extension Engine {
    /// Tells whether and how far back a table can be restored.
    ///
    /// Times are those of the engine, which never go back: they can be ahead of a machine's clock that was set back.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `TableNotFoundException`.
    public func describeContinuousBackups(
        _ input: DescribeContinuousBackupsInput
    ) async throws -> DescribeContinuousBackupsOutput {
        try await perform("DescribeContinuousBackups", input, on: input.tableName) { core in
            let table = try core.backupSource(named: input.tableName)
            return DescribeContinuousBackupsOutput(continuousBackupsDescription: try core.continuousBackups(of: table))
        }
    }

    /// Turns point-in-time recovery on or off, or sets how far back it reaches. Turning it off forgets all changes, but
    /// for what restores read that have begun.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `TableNotFoundException`, `ValidationException`.
    public func updateContinuousBackups(
        _ input: UpdateContinuousBackupsInput
    ) async throws -> UpdateContinuousBackupsOutput {
        try await perform("UpdateContinuousBackups", input, on: input.tableName) { core in
            let wanted = input.pointInTimeRecoverySpecification
            // One after the other, so that nothing that a later change needs is removed by an earlier one.
            let table = try await core.changes.run { try core.setRecovery(wanted, of: input.tableName) }
            try await core.syncCatalogue()
            return UpdateContinuousBackupsOutput(continuousBackupsDescription: try core.continuousBackups(of: table))
        }
    }
}

extension EngineCore {
    /// Blocks its thread.
    fileprivate func setRecovery(_ wanted: PointInTimeRecoverySpecification, of name: String) throws -> Table {
        let table = try backupSource(named: name)
        let recovery = table.record.pointInTimeRecovery
        switch (recovery?.isOn ?? false, wanted.pointInTimeRecoveryEnabled) {
        case (true, true):
            guard let days = wanted.recoveryPeriodInDays else { return table }
            return try changeRecovery(of: table) { $0?.days = days }
        case (false, true):
            let days = wanted.recoveryPeriodInDays ?? 35
            _ = try changeRecovery(of: table) { $0 = PointInTimeRecovery(days: days, since: nil) }
            // Restores reach back to the moment from which every writer keeps records.
            commits.stripes.waitForWriters()
            return try changeRecovery(of: table) { $0?.since = clock.mark() }
        case (true, false):
            guard restores.isReading(table: table.id) else { return try forgetHistory(of: table) }
            return try changeRecovery(of: table) { $0?.isOn = false }
        case (false, false): return table
        }
    }

    private func changeRecovery(
        of table: Table, _ change: (inout PointInTimeRecovery?) -> Void
    ) throws -> Table {
        let changed = try catalogue.store.change(table.record.fullName) { record in
            if record.id == table.id { change(&record.pointInTimeRecovery) }
        }
        guard let changed, changed.id == table.id else {
            throw DynamoDBError(code: .tableNotFoundException, message: "Table not found: \(table.name)")
        }
        return changed
    }

    /// Ends the keeping of records, and removes them.
    fileprivate func forgetHistory(of table: Table) throws -> Table {
        let changed = try changeRecovery(of: table) { $0 = nil }
        try removeNow([(.history, ItemKey.range(of: table.id))])
        return changed
    }

    fileprivate func continuousBackups(of table: Table) throws -> ContinuousBackupsDescription {
        guard let recovery = table.record.pointInTimeRecovery, recovery.isOn else {
            return ContinuousBackupsDescription(
                continuousBackupsStatus: .enabled,
                pointInTimeRecoveryDescription: PointInTimeRecoveryDescription(pointInTimeRecoveryStatus: .disabled))
        }
        return ContinuousBackupsDescription(
            continuousBackupsStatus: .enabled,
            pointInTimeRecoveryDescription: PointInTimeRecoveryDescription(
                pointInTimeRecoveryStatus: .enabled, recoveryPeriodInDays: recovery.days,
                earliestRestorableDateTime: try earliestRestorable(of: table).map { Double($0) / 1e6 },
                latestRestorableDateTime: Double(clock.present) / 1e6))
    }
}

// MARK: - What is on record
extension EngineCore {
    /// The earliest moment that the table can be restored to; nil if there is none.
    func earliestRestorable(of table: Table) throws -> UInt64? {
        guard let earliest = table.record.pointInTimeRecovery?.earliest(at: clock.present) else { return nil }
        return max(earliest, try historyStart(of: table))
    }

    /// Up to which moment records of changes were removed; 0 if none were.
    func historyStart(of table: Table) throws -> UInt64 {
        let cursor = RangeCursor(
            database, .history, in: ItemKey.range(of: table.id), forward: true, withinPrefix: false)
        guard try cursor.isValid(), HistoryRecord.isStart(cursor.key) else { return 0 }
        return HistoryRecord(key: cursor.key, value: cursor.value).number
    }

    /// Removes records of changes that no restore reaches any more. Blocks its thread.
    ///
    /// - Parameter time: now, in microseconds since 1970.
    func trimHistory(at time: UInt64) throws {
        let batch = RocksBatch(for: database)
        for table in catalogue.store.tables {
            guard let recovery = table.record.pointInTimeRecovery else { continue }
            let held = restores.oldestMoment(of: table.id)
            guard recovery.isOn || held != nil else {
                _ = try forgetHistory(of: table)
                continue
            }
            guard let earliest = recovery.earliest(at: time) else { continue }
            let start = min(earliest, held ?? .max)
            let range = HistoryRecord.range(of: table.id, before: start)
            // The first may be the start that an earlier call left.
            let keys = try database.keys(in: .history, range, atMost: 2)
            guard keys.contains(where: { !$0.withUnsafeBytes(HistoryRecord.isStart) }) else { continue }
            batch.deleteRange(range, in: .history)
            batch.put(HistoryRecord.start(of: table.id, at: start), [], in: .history)
        }
        if batch.count > 0 { try database.write(batch, mode: .patient) }
    }

    /// Makes new commits come after all that are on record, even if the machine's clock went back.
    func advanceClockPastHistory() throws {
        for table in catalogue.store.tables where table.keepsHistory {
            if let since = table.record.pointInTimeRecovery?.since { clock.advance(past: since) }
            let cursor = RangeCursor(
                database, .history, in: ItemKey.range(of: table.id), forward: false, withinPrefix: false)
            if try cursor.isValid() { clock.advance(past: HistoryRecord(key: cursor.key, value: cursor.value).number) }
        }
        // A stop while recovery was being turned on: every writer knows it now.
        for table in catalogue.store.tables {
            guard let recovery = table.record.pointInTimeRecovery, recovery.since == nil else { continue }
            _ = try changeRecovery(of: table) { $0?.since = clock.mark() }
        }
    }
}
