internal import DynamoDB
internal import NIOCore

/// One operation: decodes the body, calls the engine, encodes the result.
typealias Operation = @Sendable (any DynamoDBAPI, ByteBuffer) async throws -> [UInt8]

/// The operations that the server knows.
enum Operations {
    /// All of them, by the value of the header `x-amz-target`.
    static let byTarget = Dictionary(
        uniqueKeysWithValues: [(APIService.dynamoDB, byName), (.streams, ofStreams)].flatMap { service, operations in
            operations.map { (service.target($0.key), $0.value) }
        })

    private static let byName: [String: Operation] = [
        // Tables
        "CreateTable": operation { try await $0.createTable($1) },
        "DescribeTable": operation { try await $0.describeTable($1) },
        "ListTables": operation { try await $0.listTables($1) },
        "UpdateTable": operation { try await $0.updateTable($1) },
        "DeleteTable": operation { try await $0.deleteTable($1) },
        // Tags, limits and policies
        "TagResource": operation { try await $0.tagResource($1) },
        "UntagResource": operation { try await $0.untagResource($1) },
        "ListTagsOfResource": operation { try await $0.listTagsOfResource($1) },
        "DescribeLimits": operation { try await $0.describeLimits($1) },
        "DescribeEndpoints": operation { try await $0.describeEndpoints($1) },
        "PutResourcePolicy": operation { try await $0.putResourcePolicy($1) },
        "GetResourcePolicy": operation { try await $0.getResourcePolicy($1) },
        "DeleteResourcePolicy": operation { try await $0.deleteResourcePolicy($1) },

        // Time to live
        "UpdateTimeToLive": operation { try await $0.updateTimeToLive($1) },
        "DescribeTimeToLive": operation { try await $0.describeTimeToLive($1) },
        // Items
        "PutItem": operation { try await $0.putItem($1) },
        "GetItem": operation { try await $0.getItem($1) },
        "UpdateItem": operation { try await $0.updateItem($1) },
        "DeleteItem": operation { try await $0.deleteItem($1) },
        // Batches
        "BatchGetItem": operation { try await $0.batchGetItem($1) },
        "BatchWriteItem": operation { try await $0.batchWriteItem($1) },
        // Transactions
        "TransactWriteItems": operation { try await $0.transactWriteItems($1) },
        "TransactGetItems": operation { try await $0.transactGetItems($1) },

        // Queries
        "Query": operation { try await $0.query($1) },
        "Scan": operation { try await $0.scan($1) },
        // PartiQL
        "ExecuteStatement": operation { try await $0.executeStatement($1) },
        "BatchExecuteStatement": operation { try await $0.batchExecuteStatement($1) },
        "ExecuteTransaction": operation { try await $0.executeTransaction($1) },

        // Backups
        "CreateBackup": operation { try await $0.createBackup($1) },
        "DescribeBackup": operation { try await $0.describeBackup($1) },
        "ListBackups": operation { try await $0.listBackups($1) },
        "DeleteBackup": operation { try await $0.deleteBackup($1) },
        "RestoreTableFromBackup": operation { try await $0.restoreTableFromBackup($1) },
        // Point-in-time recovery
        "DescribeContinuousBackups": operation { try await $0.describeContinuousBackups($1) },
        "UpdateContinuousBackups": operation { try await $0.updateContinuousBackups($1) },
        "RestoreTableToPointInTime": operation { try await $0.restoreTableToPointInTime($1) },
    ]

    private static let ofStreams: [String: Operation] = [
        "ListStreams": operation { try await $0.listStreams($1) },
        "DescribeStream": operation { try await $0.describeStream($1) },
        "GetShardIterator": operation { try await $0.getShardIterator($1) },
        "GetRecords": operation { try await $0.getRecords($1) },
    ]

    private static func operation<Input: JSONCodable & SendableMetatype, Output: JSONCodable & SendableMetatype>(
        _ call: @escaping @Sendable (any DynamoDBAPI, Input) async throws -> Output
    ) -> Operation {
        { engine, body in
            let input = try body.withUnsafeReadableBytes { bytes in try Input(jsonDocument: bytes) }
            return try await call(engine, input).jsonDocument
        }
    }
}
