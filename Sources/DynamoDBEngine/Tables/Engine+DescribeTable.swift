public import DynamoDB

extension Engine {
    /// Describes a table. Item count and size are kept current by every write; see ``Tally``.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ResourceNotFoundException`, `ValidationException`.
    public func describeTable(_ input: DescribeTableInput) async throws -> DescribeTableOutput {
        try await perform("DescribeTable", input, on: input.tableName) { core in
            guard let table = core.catalogue.table(named: input.tableName) else {
                throw try tableNotFound(input.tableName)
            }
            return DescribeTableOutput(table: TableDescription(table, region: region, at: core.clock.seconds))
        }
    }
}
