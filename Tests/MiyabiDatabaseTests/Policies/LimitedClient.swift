import AWSCore
import DynamoDB
import DynamoDBEngine
import DynamoDBService
import Foundation
import MiyabiDatabase
import MiyabiTestSupport

/// Gives `body` a client of the engine, whose key has one of the shipped policies; it asks over HTTP, as a service does.
func withClient(
    of engine: Engine, _ policy: MiyabiPolicy?, _ body: (DynamoDBClient) async throws -> Void
) async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "miyabi-keys-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let policies = try policy.map { [try KeyPolicy(name: $0.rawValue, document: $0.document())] }
    let file = AccessKeyFile(directory: directory.path)
    let key = try file.add(.generate(name: policy?.rawValue, policies: policies))
    let server = DynamoDBServer(
        engine: engine, port: 0, authentication: Authentication(keys: file), logger: TestPlatform.logger)
    let result: Result<Void, any Error>
    do {
        var configuration = DynamoDBClientConfiguration()
        configuration.endpoint = "http://127.0.0.1:\(try await server.start().port)"
        configuration.region = "ap-northeast-1"
        configuration.credentials = StaticCredentialsProvider(
            Credentials(accessKeyID: key.id, secretAccessKey: key.secret))
        let client = try DynamoDBClient(configuration, logger: TestPlatform.logger)
        do {
            result = .success(try await body(client))
        } catch {
            result = .failure(error)
        }
        try await client.close()
    }
    await server.shutdown()
    try result.get()
}
