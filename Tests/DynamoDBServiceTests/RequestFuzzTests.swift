import DynamoDB
import DynamoDBEngine
import Foundation
import Fuzzing
import NIOCore
import Testing

@testable import DynamoDBService

/// Bodies of real requests, changed at random, through the operations of a real engine: each gives a result or an error
/// that blames the request, and the engine lives on.
@Suite struct RequestFuzzTests {
    /// Requests that succeed as they are, in this order.
    private static let requests: [(operation: String, body: String)] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/requests.txt")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").map { line in
            let parts = line.split(separator: " ", maxSplits: 1)
            return (String(parts[0]), String(parts[1]))
        }
    }()

    private static let parts =
        [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u00", "\\ud800", "null", "true", "-", "1e999", "\0", "\u{FF}",
            #"{"S":"x"}"#, #"{"N":"1e400"}"#, #"{"B":"x"}"#, #"{"SS":[]}"#, #"{"M":{}}"#, #""TableName":"tab","#,
            #""Limit":99999999999999999999,"#, "9223372036854775808", "-9223372036854775809", "1E-999", ":p", "#n",
        ] + [500, 20_000].map { String(repeating: "[", count: $0) }
        + [40, 500].map { String(repeating: #"{"L":["#, count: $0) }

    private func send(_ operation: String, _ body: [UInt8], to engine: Engine) async throws -> [UInt8] {
        let handler = try #require(Operations.byTarget[APIService.dynamoDB.target(operation)])
        return try await handler(engine, seeing: engine.view, ByteBuffer(bytes: body))
    }

    private func withEngine(_ body: (Engine) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(
            "miyabi-fuzz-\(UUID().uuidString)")
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: directory) } }
        var options = Engine.Options(directory: directory.path)
        options.synchronous = false
        let engine = try Engine.open(options, logger: TestServer.silent)
        _ = try await engine.createTable(Self.table)
        try await body(engine)
        await engine.close()
    }

    private static let table = CreateTableInput(
        tableName: "tab",
        attributeDefinitions: [
            AttributeDefinition(attributeName: "p", attributeType: .string),
            AttributeDefinition(attributeName: "s", attributeType: .number),
            AttributeDefinition(attributeName: "g", attributeType: .string),
        ],
        keySchema: [
            KeySchemaElement(attributeName: "p", keyType: .hash), KeySchemaElement(attributeName: "s", keyType: .range),
        ],
        globalSecondaryIndexes: [
            GlobalSecondaryIndex(
                indexName: "gsi", keySchema: [KeySchemaElement(attributeName: "g", keyType: .hash)],
                projection: Projection(projectionType: .all))
        ],
        billingMode: .payPerRequest)

    @Test func theyAllSucceedAsTheyAre() async throws {
        #expect(Self.requests.count > 20)
        try await withEngine { engine in
            for (operation, body) in Self.requests { _ = try await send(operation, Array(body.utf8), to: engine) }
        }
    }

    @Test(arguments: [401, 402, 403] as [UInt64])
    func changed(seed: UInt64) async throws {
        try await withEngine { engine in
            var random = SeededGenerator(seed: seed)
            var answered = 0
            for round in 0..<1_000 {
                let (operation, body) = random.pick(Self.requests)
                let changed = random.mutated(Array(body.utf8), inserting: Self.parts)
                do {
                    _ = try await send(operation, changed, to: engine)
                    answered += 1
                } catch {
                    let fault = try #require(error as? DynamoDBError, "seed \(seed), round \(round)")
                    #expect(
                        fault.httpStatus == 400,
                        "seed \(seed), round \(round): \(fault) for \(operation) \(String(decoding: changed, as: UTF8.self))"
                    )
                }
            }
            #expect((10..<900).contains(answered), "seed \(seed)")
            // Whatever got through, the tables can be read and written.
            _ = try await engine.scan(ScanInput(tableName: "tab"))
            _ = try await engine.putItem(PutItemInput(tableName: "tab", item: ["p": "a", "s": 1]))
        }
    }

    /// Depth takes no stack: not in values that are read, not in members that are passed over.
    @Test(arguments: [#"{"L":["#, #"{"M":{"a":"#, "[", #"{"x":"#])
    func deepNesting(part: String) async throws {
        try await withEngine { engine in
            let deep = String(repeating: part, count: 200_000)
            for body in [
                deep, #"{"x":"# + deep, #"{"TableName":"tab","Key":{"p":"# + deep,
                #"{"TableName":"tab","Item":{"p":"# + deep,
            ] {
                for operation in ["GetItem", "PutItem"] {
                    await #expect(throws: DynamoDBError.self) {
                        try await send(operation, Array(body.utf8), to: engine)
                    }
                }
            }
        }
    }
}
