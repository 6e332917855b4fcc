import DynamoDB
import DynamoDBEngine
import Foundation
import Testing

@testable import DynamoDBService

@Suite struct AccessKeyTests {
    private func withFile(_ body: (AccessKeyFile) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(
            "miyabi-keys-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(AccessKeyFile(directory: directory.path)))
        } catch {
            result = .failure(error)
        }
        try FileManager.default.removeItem(at: directory)
        try result.get()
    }

    @Test func keysComeAndGo() async throws {
        try await withFile { file in
            #expect(try file.keys() == nil)
            #expect(try !file.remove(id: "absent"))
            let keys = [try file.add(), try file.add()]
            #expect(try file.keys() == keys)
            #expect(keys[0].id != keys[1].id && keys[0].secret != keys[1].secret)
            #expect(try file.remove(id: keys[0].id))
            #expect(try !file.remove(id: keys[0].id))
            #expect(try file.keys() == [keys[1]])
            #expect(try file.remove(id: keys[1].id))
            // No key is not the same as no file.
            #expect(try file.keys() == [])
        }
    }

    @Test func keysAddedAtOnceAreAllKept() async throws {
        try await withFile { file in
            let added = try await withThrowingTaskGroup(of: AccessKey.self) { group in
                for _ in 0..<16 { group.addTask { try file.add() } }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            let stored = Set(try file.keys() ?? [])
            #expect(added.count == 16 && stored == added)
        }
    }

    @Test func secretsDoNotShow() {
        let key = AccessKey.generate()
        #expect("\(key) \(String(reflecting: key))" == "\(key.id) \(key.id)")
    }

    /// Our own client, which signs with the same code.
    @Test func ourClientIsLetIn() async throws {
        try await withFile { file in
            let key = try file.add()
            let engine = try Engine.open(
                Engine.Options(directory: file.directory + "/data"), logger: TestServer.silent)
            let server = DynamoDBServer(
                engine: engine, port: 0, authentication: Authentication(keys: file), logger: TestServer.silent)
            let port = try await server.start().port
            func code(secret: String) async throws -> DynamoDBError.Code? {
                var configuration = DynamoDBClientConfiguration()
                configuration.endpoint = "http://127.0.0.1:\(port)"
                configuration.region = "local"
                configuration.credentials = StaticCredentialsProvider(
                    Credentials(accessKeyID: key.id, secretAccessKey: secret))
                let client = try DynamoDBClient(configuration, logger: TestServer.silent)
                do {
                    _ = try await client.listTables(ListTablesInput())
                    try await client.close()
                    return nil
                } catch let error as DynamoDBError {
                    try await client.close()
                    return error.code
                }
            }
            let right = try await code(secret: key.secret)
            let wrong = try await code(secret: key.secret + "x")
            await server.shutdown()
            await engine.close()
            #expect(right == nil)
            #expect(wrong == .invalidSignatureException)
        }
    }
}
