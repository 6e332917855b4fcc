public import DynamoDB

extension Engine {
    /// Sets or clears the attribute that holds an item's expiry.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`.
    public func updateTimeToLive(_ input: UpdateTimeToLiveInput) async throws -> UpdateTimeToLiveOutput {
        try await perform("UpdateTimeToLive", on: input.tableName) { core in
            let wanted = input.timeToLiveSpecification
            guard (1...255).contains(wanted.attributeName.utf8.count) else {
                throw DynamoDBError.validation(
                    "1 validation error detected: Value '\(wanted.attributeName)' at "
                        + "'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member must have "
                        + "length \(wanted.attributeName.isEmpty ? "greater" : "less") than or equal to "
                        + "\(wanted.attributeName.isEmpty ? 1 : 255)")
            }
            let table = try core.catalogue.change(input.tableName) { record throws(DynamoDBError) in
                switch (record.timeToLiveAttribute, wanted.enabled) {
                case (nil, true): record.timeToLiveAttribute = wanted.attributeName
                case (nil, false): throw .validation("TimeToLive is already disabled")
                case (wanted.attributeName, false): record.timeToLiveAttribute = nil
                case (wanted.attributeName, true): throw .validation("TimeToLive is already enabled")
                case (let current?, _):
                    throw .validation(
                        "TimeToLive is active on a different AttributeName: current AttributeName is \(current)")
                }
            }
            guard table != nil else { throw try tableNotFound(input.tableName) }
            try await core.syncCatalogue()
            return UpdateTimeToLiveOutput(timeToLiveSpecification: wanted)
        }
    }

    /// Tells which attribute holds an item's expiry.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ResourceNotFoundException`.
    public func describeTimeToLive(_ input: DescribeTimeToLiveInput) async throws -> DescribeTimeToLiveOutput {
        try await perform("DescribeTimeToLive", on: input.tableName) { core in
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
