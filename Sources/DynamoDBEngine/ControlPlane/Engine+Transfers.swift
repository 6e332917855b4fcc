public import DynamoDB

/// There is no S3: nothing was exported or imported, and nothing can be.
extension Engine {
    /// Throws: there is no S3 to export to.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `TableNotFoundException`, `PointInTimeRecoveryUnavailableException`,
    ///   `ValidationException`; `UnknownOperationException` for all else.
    public func exportTableToPointInTime(
        _ input: ExportTableToPointInTimeInput
    ) async throws -> ExportTableToPointInTimeOutput {
        try await perform("ExportTableToPointInTime", input) { core in
            guard TableARN.tableName(in: input.tableArn) != nil else {
                throw DynamoDBError.validation("Invalid Request: Table ARN is invalid.")
            }
            guard let table = core.catalogue.table(named: input.tableArn) else {
                throw DynamoDBError(code: .tableNotFoundException, message: "Table not found: \(input.tableArn)")
            }
            guard table.record.pointInTimeRecovery?.isOn == true else {
                throw DynamoDBError(
                    code: .pointInTimeRecoveryUnavailableException,
                    message: "Point in time recovery is not enabled for table '\(table.name)'")
            }
            throw DynamoDBError.noS3("There is no S3 here to export to. CreateBackup makes a file that can be copied.")
        }
    }

    /// Throws: there is no export.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ExportNotFoundException`, `ValidationException`.
    public func describeExport(_ input: DescribeExportInput) async throws -> DescribeExportOutput {
        try await perform("DescribeExport", input) { _ in
            guard input.exportArn.isARN(ofTablesPart: "export") else {
                throw DynamoDBError.validation("Invalid Export ARN")
            }
            throw DynamoDBError(
                code: .exportNotFoundException,
                message: "Export not found: Export not found: \(input.exportArn)")
        }
    }

    /// Lists none.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`.
    public func listExports(_ input: ListExportsInput) async throws -> ListExportsOutput {
        try await perform("ListExports", input) { _ in
            try checkToken(input.nextToken)
            return ListExportsOutput(exportSummaries: [])
        }
    }

    /// Throws: there is no S3 to import from.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ResourceInUseException`, `ValidationException`; `UnknownOperationException`
    ///   for all else.
    public func importTable(_ input: ImportTableInput) async throws -> ImportTableOutput {
        let wanted = input.tableCreationParameters
        return try await perform("ImportTable", input, on: wanted.tableName) { core in
            try CreateTableValidation.check(
                CreateTableInput(
                    tableName: wanted.tableName, attributeDefinitions: wanted.attributeDefinitions,
                    keySchema: wanted.keySchema, globalSecondaryIndexes: wanted.globalSecondaryIndexes,
                    vectorIndexes: wanted.vectorIndexes,
                    billingMode: wanted.billingMode, provisionedThroughput: wanted.provisionedThroughput,
                    sseSpecification: wanted.sseSpecification, onDemandThroughput: wanted.onDemandThroughput))
            guard core.catalogue.table(named: wanted.tableName) == nil else {
                throw DynamoDBError(
                    code: .resourceInUseException, message: "Table already exists: \(wanted.tableName)")
            }
            throw DynamoDBError.noS3(
                "There is no S3 here to import from. CreateTable and BatchWriteItem make a table of any items.")
        }
    }

    /// Throws: there is no import.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ImportNotFoundException`, `ValidationException`.
    public func describeImport(_ input: DescribeImportInput) async throws -> DescribeImportOutput {
        try await perform("DescribeImport", input) { _ in
            guard input.importArn.isARN(ofTablesPart: "import") else {
                throw DynamoDBError.validation("Invalid Import ARN")
            }
            throw DynamoDBError(
                code: .importNotFoundException, message: "Import not found: \(input.importArn)")
        }
    }

    /// Lists none.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`.
    public func listImports(_ input: ListImportsInput) async throws -> ListImportsOutput {
        try await perform("ListImports", input) { _ in
            try checkToken(input.nextToken)
            return ListImportsOutput(importSummaryList: [])
        }
    }
}

extension DynamoDBError {
    /// As an operation that the server does not know: programs and suites that ask for it see at once that it is not there.
    fileprivate static func noS3(_ message: String) -> DynamoDBError {
        DynamoDBError(code: .unknownOperationException, message: message)
    }
}

/// Refuses a page that cannot be: no token has been given out.
private func checkToken(_ token: String?) throws(DynamoDBError) {
    if let token { throw .validation("Invalid Request: Provided nextToken is invalid: \(token)") }
}

extension String {
    /// Whether it is the ARN of something that belongs to a table: `…:table/NAME/KIND/ID`.
    fileprivate func isARN(ofTablesPart kind: String) -> Bool {
        let parts = (TableARN.path(in: self) ?? "").split(separator: "/")
        return parts.count == 4 && parts[0] == "table" && parts[2] == kind
    }
}
