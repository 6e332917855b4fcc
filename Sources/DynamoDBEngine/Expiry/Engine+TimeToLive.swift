public import DynamoDB

extension Engine {
    /// Sets or clears the attribute that holds an item's expiry.
    ///
    /// Items are deleted within seconds after they expire; those that were there before, as soon as they have been
    /// looked through in the background.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`; `ResourceInUseException`
    ///   for a table that is being created or deleted.
    public func updateTimeToLive(_ input: UpdateTimeToLiveInput) async throws -> UpdateTimeToLiveOutput {
        try await perform("UpdateTimeToLive", input, on: input.tableName) { core in
            let wanted = input.timeToLiveSpecification
            guard let table = try await core.setTimeToLive(wanted, of: input.tableName) else {
                throw try tableNotFound(input.tableName)
            }
            // Whatever becomes of the request, the setting holds now.
            if let filling = table.record.expiryFilling { core.startBackfill(of: .expiry(filling), in: table) }
            try await core.syncCatalogue()
            return UpdateTimeToLiveOutput(timeToLiveSpecification: wanted)
        }
    }

    /// Tells which attribute holds an item's expiry.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ResourceNotFoundException`.
    public func describeTimeToLive(_ input: DescribeTimeToLiveInput) async throws -> DescribeTimeToLiveOutput {
        try await perform("DescribeTimeToLive", input, on: input.tableName) { core in
            guard let table = core.catalogue.table(named: input.tableName) else {
                throw try tableNotFound(input.tableName)
            }
            let attribute = table.record.timeToLiveAttribute
            return DescribeTimeToLiveOutput(
                timeToLiveDescription: TimeToLiveDescription(
                    timeToLiveStatus: attribute == nil ? .disabled : .enabled, attributeName: attribute))
        }
    }
}

extension EngineCore {
    /// Changes the table's record, and removes the order of expiry if there is to be none.
    ///
    /// Changes are made one after the other, so that nothing that a later one makes is removed by an earlier one.
    fileprivate func setTimeToLive(_ wanted: TimeToLiveSpecification, of name: String) async throws -> Table? {
        let (catalogue, database, stripes, clock) = (catalogue, database, commits.stripes, clock)
        return try await changes.run {
            let table = try catalogue.change(name) { record throws(DynamoDBError) in
                try record.change(wanted, at: clock.mark())
            }
            guard let table, !wanted.enabled else { return table }
            stripes.waitForWriters()
            let range = ItemKey.range(of: table.id)
            let batch = RocksBatch(for: database)
            batch.deleteRange(range, in: .expiry)
            try database.write(batch, mode: .patient)
            try database.deleteFiles(range, in: .expiry)
            return table
        }
    }
}

extension TableRecord {
    fileprivate mutating func change(_ wanted: TimeToLiveSpecification, at mark: UInt64) throws(DynamoDBError) {
        switch status {
        case .creating: throw .resourceInUse("Table is being created: \(name)")
        case .deleting: throw .resourceInUse("Table is being deleted: \(name)")
        default: break
        }
        let isCurrent = timeToLiveAttribute.map { ExactString($0) == ExactString(wanted.attributeName) }
        switch (timeToLiveAttribute, wanted.enabled) {
        case (nil, true): timeToLiveAttribute = wanted.attributeName
        case (nil, false): throw .validation("TimeToLive is already disabled")
        case (_, false) where isCurrent == true: timeToLiveAttribute = nil
        case (_, true) where isCurrent == true: throw .validation("TimeToLive is already enabled")
        case (let current?, _):
            throw .validation(
                "TimeToLive is active on a different AttributeName: current AttributeName is \(current)")
        }
        expiryFilling = wanted.enabled ? mark : nil
    }
}
