import DynamoDB
import DynamoDBEngine
import Foundation
import NIOCore
import Testing

@testable import DynamoDBService

/// A request that AWS refuses, and what it says.
struct Refusal: CustomTestStringConvertible, Sendable {
    let operation: String
    let body: String
    let message: String

    init(_ operation: String, _ body: String, _ message: String) {
        self.operation = operation
        self.body = body
        self.message = message
    }

    var testDescription: String { "\(operation) \(body.prefix(120))" }

    /// Checks that the engine refuses the request with a ValidationException, in the same words.
    func check() async throws {
        let fault = try await Self.fault(operation, body)
        #expect(fault.code == .validationException, "\(fault)")
        #expect(fault.message == message)
    }

    /// Checks that the engine cancels a transaction of one action, with the message in the action's reason.
    func checkCancellation() async throws {
        let fault = try await Self.fault(operation, body)
        #expect(fault.code == .transactionCanceledException, "\(fault)")
        #expect(
            fault.message
                == "Transaction cancelled, please refer cancellation reasons for specific reasons [ValidationError]")
        #expect(fault.cancellationReasons.map(\.code) == ["ValidationError"])
        #expect(fault.cancellationReasons.map(\.message) == [message])
    }

    /// The message of the ValidationException that a request is answered with.
    static func message(_ operation: String, _ body: String) async throws -> String {
        let fault = try await fault(operation, body)
        #expect(fault.code == .validationException, "\(fault)")
        return fault.message
    }

    /// The error that a request is answered with, by an engine with the tables below.
    static func fault(_ operation: String, _ body: String) async throws -> DynamoDBError {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(
            "miyabi-refusal-\(UUID().uuidString)")
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: directory) } }
        var options = Engine.Options(directory: directory.path)
        options.synchronous = false
        let engine = try Engine.open(options, logger: TestServer.silent)
        for table in tables { _ = try await send("CreateTable", table, to: engine) }
        let error = await #expect(throws: DynamoDBError.self) { try await send(operation, body, to: engine) }
        await engine.close()
        return try #require(error)
    }

    private static func send(_ operation: String, _ body: String, to engine: Engine) async throws -> [UInt8] {
        let handler = try #require(Operations.byTarget[APIService.dynamoDB.target(operation)])
        return try await handler(engine, seeing: engine.view, ByteBuffer(string: body))
    }

    private static let tables = [
        #"{"TableName":"hash","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST"}"#,
        #"{"TableName":"hashB","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"B"}],"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST"}"#,
        #"{"TableName":"compositeN","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"}],"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],"BillingMode":"PAY_PER_REQUEST"}"#,
        #"""
        {"TableName":"composite","BillingMode":"PAY_PER_REQUEST",
         "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"S"},{"AttributeName":"ik","AttributeType":"S"}],
         "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
         "LocalSecondaryIndexes":[{"IndexName":"lsi1","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"ik","KeyType":"RANGE"}],"Projection":{"ProjectionType":"ALL"}}],
         "GlobalSecondaryIndexes":[{"IndexName":"gsi1","KeySchema":[{"AttributeName":"ik","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"}}]}
        """#,
        #"""
        {"TableName":"indexB","BillingMode":"PAY_PER_REQUEST",
         "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"bidx","AttributeType":"B"}],
         "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
         "GlobalSecondaryIndexes":[{"IndexName":"gsib","KeySchema":[{"AttributeName":"bidx","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"}}]}
        """#,
        #"""
        {"TableName":"vectors","BillingMode":"PAY_PER_REQUEST",
         "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"tenant","AttributeType":"S"},{"AttributeName":"category","AttributeType":"S"}],
         "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
         "VectorIndexes":[
          {"IndexName":"plain","VectorAttribute":{"AttributeName":"embedding"},"Dimensions":3,"DistanceFunction":"COSINE","Projection":{"ProjectionType":"ALL"}},
          {"IndexName":"schema","VectorAttribute":{"AttributeName":"embedding"},"Dimensions":3,"DistanceFunction":"COSINE","Projection":{"ProjectionType":"ALL"},
           "SearchSchema":[{"AttributeName":"tenant","SearchSchemaElementType":"HASH"},{"AttributeName":"category","SearchSchemaElementType":"INLINE_FILTER"}]}]}
        """#,
    ]
}
