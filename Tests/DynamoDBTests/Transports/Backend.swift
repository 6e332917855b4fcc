import DynamoDBEngine
import DynamoDBService
import Foundation
import Logging
import Testing

@testable import DynamoDB

/// The three ways to a DynamoDB that one suite of tests goes.
enum Backend: String, Sendable, CaseIterable, CustomTestStringConvertible {
    /// The engine, called in process.
    case engine
    /// The client over HTTP to the engine's service.
    case service
    /// The client over HTTP to moto, an implementation that is not ours.
    case moto

    var testDescription: String { rawValue }

    /// What can run here: moto is a tool that has to be installed.
    static let available = allCases.filter { $0 != .moto || MotoServer.isInstalled }

    /// Runs `body` with an empty account, and leaves nothing behind.
    func run(_ body: (any DynamoDBAPI) async throws -> Void) async throws {
        if self == .moto { return try await MotoServer.run { try await body($0.client) } }
        let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let directory = FileManager.default.temporaryDirectory.appending(path: "dynamodb-\(UUID())")
        let engine = try Engine.open(Engine.Options(directory: directory.path), logger: silent)
        let result: Result<Void, any Error>
        do {
            if self == .engine { try await body(engine) } else { try await Backend.serve(engine, silent, body) }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await engine.close()
        try FileManager.default.removeItem(at: directory)
        try result.get()
    }

    private static func serve(
        _ engine: Engine, _ logger: Logger, _ body: (any DynamoDBAPI) async throws -> Void
    ) async throws {
        let server = DynamoDBServer(
            engine: engine, host: "127.0.0.1", port: 0, authentication: Authentication(), logger: logger)
        let port = try await server.start().port
        let keys = Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret")
        let client = try DynamoDBClient(
            DynamoDBClientConfiguration(
                endpoint: "http://127.0.0.1:\(port)", credentials: StaticCredentialsProvider(keys),
                timeout: .seconds(60)),
            logger: logger)
        do {
            try await body(client)
        } catch {
            try await client.close()
            await server.shutdown()
            throw error
        }
        try await client.close()
        await server.shutdown()
    }
}
