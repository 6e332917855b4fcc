import NIOCore
import NIOPosix
import Testing

@testable import DynamoDB

@Suite struct ConnectionTests {
    private func client(port: Int, timeout: Duration, attempts: Int = 1) throws -> DynamoDBClient {
        let keys = Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret")
        return try DynamoDBClient(
            DynamoDBClientConfiguration(
                endpoint: "http://127.0.0.1:\(port)", credentials: StaticCredentialsProvider(keys), timeout: timeout,
                maximumAttempts: attempts))
    }

    @Test func aRefusedConnectionNamesTheEndpoint() async throws {
        let port = try await freePort()
        let client = try client(port: port, timeout: .seconds(5), attempts: 2)
        let error = try await #require(throws: DynamoDBError.self) { try await client.listTables(ListTablesInput()) }
        try await client.close()
        #expect(error.code == .connectionFailed)
        #expect(error.message.contains("http://127.0.0.1:\(port)"))
        #expect(error.operation == "ListTables")
        #expect(error.isRetryable)
    }

    @Test func aSilentServerTimesOut() async throws {
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(host: "127.0.0.1", port: 0).get()
        let client = try client(port: server.localAddress?.port ?? 0, timeout: .milliseconds(300))
        let error = try await #require(throws: DynamoDBError.self) { try await client.listTables(ListTablesInput()) }
        #expect(error.code == .requestTimeout)
        try await client.close()
        try await server.close()
    }

    @Test func cancellingEndsTheRequest() async throws {
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(host: "127.0.0.1", port: 0).get()
        let client = try client(port: server.localAddress?.port ?? 0, timeout: .seconds(60), attempts: 3)
        let task = Task { try await client.listTables(ListTablesInput()) }
        try await Task.sleep(for: .milliseconds(50))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await client.close()
        try await server.close()
    }
}
