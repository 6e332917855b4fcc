extension DynamoDBAPI {
    /// Waits until a table and its indexes can be used.
    ///
    /// - Parameters:
    ///   - table: The table's name.
    ///   - timeout: How long to wait at most.
    /// - Returns: The table's description.
    /// - Throws: ``DynamoDBError``; with `requestTimeout` when the time is over.
    @discardableResult
    public func waitUntilActive(_ table: String, timeout: Duration = .seconds(60)) async throws -> TableDescription {
        let clock = ContinuousClock()
        let deadline = clock.now + timeout
        var delay = Duration.milliseconds(20)
        while true {
            let description = try await describeTable(DescribeTableInput(tableName: table)).table
            let indexes = description.globalSecondaryIndexes ?? []
            if description.tableStatus == .active, indexes.allSatisfy({ $0.indexStatus ?? .active == .active }) {
                return description
            }
            guard clock.now + delay < deadline else {
                throw DynamoDBError(
                    code: .requestTimeout,
                    message: "The table is still \(description.tableStatus.rawValue) after \(timeout)",
                    operation: "DescribeTable", table: table)
            }
            try await clock.sleep(for: delay)
            delay = min(delay * 2, .seconds(2))
        }
    }
}
