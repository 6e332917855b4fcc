public import DynamoDB

/// There is no Kinesis: no table has a destination, and none can get one.
extension Engine {
    /// Lists none.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ResourceNotFoundException`.
    public func describeKinesisStreamingDestination(
        _ input: DescribeKinesisStreamingDestinationInput
    ) async throws -> DescribeKinesisStreamingDestinationOutput {
        try await perform("DescribeKinesisStreamingDestination", input, on: input.tableName) { core in
            DescribeKinesisStreamingDestinationOutput(
                tableName: try core.describedTable(input.tableName).name, kinesisDataStreamDestinations: [])
        }
    }

    /// Throws: no stream exists.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ResourceNotFoundException`.
    public func enableKinesisStreamingDestination(
        _ input: EnableKinesisStreamingDestinationInput
    ) async throws -> EnableKinesisStreamingDestinationOutput {
        try await perform("EnableKinesisStreamingDestination", input, on: input.tableName) { core in
            _ = try core.describedTable(input.tableName)
            throw DynamoDBError(
                code: .resourceNotFoundException,
                message: "Requested resource not found: Stream: \(input.streamArn) not found")
        }
    }

    /// Throws: no destination is active.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ResourceNotFoundException`, `ValidationException`.
    public func disableKinesisStreamingDestination(
        _ input: DisableKinesisStreamingDestinationInput
    ) async throws -> DisableKinesisStreamingDestinationOutput {
        try await perform("DisableKinesisStreamingDestination", input, on: input.tableName) { core in
            _ = try core.describedTable(input.tableName)
            throw DynamoDBError.noDestination(
                "KinesisStreamingDestination must be ACTIVE to perform DISABLE operation.")
        }
    }

    /// Throws: there is no destination.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ResourceNotFoundException`, `ValidationException`.
    public func updateKinesisStreamingDestination(
        _ input: UpdateKinesisStreamingDestinationInput
    ) async throws -> UpdateKinesisStreamingDestinationOutput {
        try await perform("UpdateKinesisStreamingDestination", input, on: input.tableName) { core in
            let table = try core.describedTable(input.tableName)
            guard input.updateKinesisStreamingConfiguration?.approximateCreationDateTimePrecision != nil else {
                throw DynamoDBError.validation(
                    "Streaming destination cannot be updated with given parameters: "
                        + "UpdateKinesisStreamingConfiguration cannot be null or contain only null values")
            }
            throw DynamoDBError.noDestination(
                "No streaming destination with streamArn: \(input.streamArn) found for table with tableName: "
                    + table.name)
        }
    }
}

extension EngineCore {
    /// The table of a name or ARN, even one that is still being made.
    fileprivate func describedTable(_ name: String) throws(DynamoDBError) -> Table {
        guard let table = catalogue.table(named: name) else { throw try tableNotFound(name) }
        return table
    }
}

extension DynamoDBError {
    fileprivate static func noDestination(_ detail: String) -> DynamoDBError {
        .validation("Table is not in a valid state to enable Kinesis Streaming Destination: \(detail)")
    }
}
