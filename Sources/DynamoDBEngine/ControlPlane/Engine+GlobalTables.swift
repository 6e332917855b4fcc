public import DynamoDB

/// There are no replicas. Global tables of version 2017.11.29 cannot be made on AWS any more either; what AWS answers about
/// them is what it answers here.
extension Engine {
    /// Throws: AWS makes none of this version any more.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`.
    public func createGlobalTable(_ input: CreateGlobalTableInput) async throws -> CreateGlobalTableOutput {
        try await perform("CreateGlobalTable", input) { _ in
            try checkGlobalTableName(input.globalTableName)
            throw DynamoDBError.olderGlobalTable
        }
    }

    /// Throws: there is none.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `GlobalTableNotFoundException`, `ValidationException`.
    public func describeGlobalTable(_ input: DescribeGlobalTableInput) async throws -> DescribeGlobalTableOutput {
        try await perform("DescribeGlobalTable", input) { _ in
            try checkGlobalTableName(input.globalTableName)
            throw DynamoDBError.noGlobalTable(input.globalTableName, "Global table not found: ")
        }
    }

    /// Lists none.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`.
    public func listGlobalTables(_ input: ListGlobalTablesInput) async throws -> ListGlobalTablesOutput {
        try await perform("ListGlobalTables", input) { _ in ListGlobalTablesOutput(globalTables: []) }
    }

    /// Throws: there is none, and AWS adds no replicas to those of this version any more.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `GlobalTableNotFoundException`, `ValidationException`.
    public func updateGlobalTable(_ input: UpdateGlobalTableInput) async throws -> UpdateGlobalTableOutput {
        try await perform("UpdateGlobalTable", input) { _ in
            try checkGlobalTableName(input.globalTableName)
            guard input.replicaUpdates.contains(where: { $0.create != nil || $0.delete != nil }) else {
                throw DynamoDBError.validation("One or more parameter values were invalid")
            }
            if input.replicaUpdates.contains(where: { $0.create != nil }) { throw DynamoDBError.olderGlobalTable }
            throw DynamoDBError.noGlobalTable(input.globalTableName, "Global table not found: ")
        }
    }

    /// Throws: there is none.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `GlobalTableNotFoundException`, `ValidationException`.
    public func describeGlobalTableSettings(
        _ input: DescribeGlobalTableSettingsInput
    ) async throws -> DescribeGlobalTableSettingsOutput {
        try await perform("DescribeGlobalTableSettings", input) { _ in
            try checkGlobalTableName(input.globalTableName)
            throw DynamoDBError.noGlobalTable(input.globalTableName)
        }
    }

    /// Throws: there is none.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `GlobalTableNotFoundException`, `ValidationException`.
    public func updateGlobalTableSettings(
        _ input: UpdateGlobalTableSettingsInput
    ) async throws -> UpdateGlobalTableSettingsOutput {
        try await perform("UpdateGlobalTableSettings", input) { _ in
            try checkGlobalTableName(input.globalTableName)
            throw DynamoDBError.noGlobalTable(input.globalTableName)
        }
    }

    /// Throws: no table has replicas.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ResourceNotFoundException`.
    public func describeTableReplicaAutoScaling(
        _ input: DescribeTableReplicaAutoScalingInput
    ) async throws -> DescribeTableReplicaAutoScalingOutput {
        try await perform("DescribeTableReplicaAutoScaling", input, on: input.tableName) { _ in
            throw DynamoDBError.noReplicas(of: input.tableName)
        }
    }

    /// Throws: no table has replicas.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ResourceNotFoundException`.
    public func updateTableReplicaAutoScaling(
        _ input: UpdateTableReplicaAutoScalingInput
    ) async throws -> UpdateTableReplicaAutoScalingOutput {
        try await perform("UpdateTableReplicaAutoScaling", input, on: input.tableName) { _ in
            throw DynamoDBError.noReplicas(of: input.tableName)
        }
    }
}

private func checkGlobalTableName(_ name: String) throws(DynamoDBError) {
    guard (3...255).contains(name.utf8.count) else {
        throw .validation("TableName must be at least 3 characters long and at most 255 characters long")
    }
}

extension DynamoDBError {
    fileprivate static let olderGlobalTable = DynamoDBError.invalidParameter(
        "DynamoDB global tables version 2017.11.29 is not supported. We recommend using DynamoDB global tables version "
            + "2019.11.21, instead of version 2017.11.29 (Legacy).")

    fileprivate static func noGlobalTable(_ name: String, _ introduction: String = "") -> DynamoDBError {
        DynamoDBError(
            code: .globalTableNotFoundException,
            message: "\(introduction)Global table with name: '\(name)' does not exist.")
    }

    fileprivate static func noReplicas(of table: String) -> DynamoDBError {
        DynamoDBError(
            code: .resourceNotFoundException,
            message: "Global table with name: '\(TableARN.name(of: table))' does not exist.")
    }
}
