public import DynamoDB

extension Engine {
    /// Lists the names of tables in their order, up to 100 at a time.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`.
    public func listTables(_ input: ListTablesInput) async throws -> ListTablesOutput {
        try await perform("ListTables", input) { core in
            let limit = try pageLimit(input.limit, atMost: Limits.listedTables)
            var names = core.catalogue.tables.map(\.name)
            if let start = input.exclusiveStartTableName {
                names.removeAll { !start.utf8.lexicographicallyPrecedes($0.utf8) }
            }
            let page = Array(names.prefix(limit))
            return ListTablesOutput(
                tableNames: page, lastEvaluatedTableName: page.count < names.count ? page.last : nil)
        }
    }
}
