public import DynamoDB

extension Engine {
    /// Creates a table and its indexes; it is `ACTIVE` at once.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceInUseException`, `InternalServerError`.
    public func createTable(_ input: CreateTableInput) async throws -> CreateTableOutput {
        try await perform("CreateTable", input, on: input.tableName) { core in
            try CreateTableValidation.check(input)
            let name = TableARN.name(of: input.tableName)
            let table = try await core.catalogue.add(name) { newID in
                var definition = input
                definition.tableName = name
                definition.streamSpecification = nil
                var record = TableRecord(definition, at: core.clock.seconds, newID)
                record.policyRevision = input.resourcePolicy.map { _ in newPolicyRevision(at: core.clock) }
                if let stream = input.streamSpecification, stream.streamEnabled {
                    try record.change(stream, at: core.clock.mark())
                }
                return record
            }
            guard let table else {
                try core.catalogue.table(named: input.tableName)?.record.refuseIfCreating()
                throw DynamoDBError(
                    code: .resourceInUseException, message: "Table already exists: \(name)")
            }
            try await core.syncCatalogue()
            return CreateTableOutput(
                tableDescription: TableDescription(table, region: region, at: core.clock.seconds))
        }
    }
}
