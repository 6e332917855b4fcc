public import DynamoDB

extension Engine {
    /// Lists the names of tables in their order, up to 100 at a time.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`.
    public func listTables(_ input: ListTablesInput) async throws -> ListTablesOutput {
        try await perform("ListTables") { core in
            let limit = input.limit ?? Limits.listedTables
            guard (1...Limits.listedTables).contains(limit) else {
                let bound = limit < 1 ? "greater than or equal to 1" : "less than or equal to \(Limits.listedTables)"
                throw DynamoDBError.validation(
                    "1 validation error detected: Value '\(limit)' at 'limit' failed to satisfy constraint: "
                        + "Member must have value \(bound)")
            }
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
