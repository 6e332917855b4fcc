import Logging
import Testing

@testable import DynamoDB

/// Requests that somebody on the way could read are not sent.
@Suite struct PlaintextTests {
    private func send(
        to endpoint: String, id: String = "AKIAREAL", secret: String = "secret", token: String? = nil,
        _ change: (inout DynamoDBClientConfiguration) -> Void = { _ in }
    ) async throws -> Int {
        let transport = FakeTransport(.response(status: 200, body: #"{"TableNames":[]}"#))
        var configuration = DynamoDBClientConfiguration(endpoint: endpoint)
        configuration.credentials = StaticCredentialsProvider(
            Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: token))
        change(&configuration)
        let client = try DynamoDBClient(
            configuration, transport: transport, observer: ClientObserver(logger: Logger(label: "test")))
        do {
            _ = try await client.listTables(ListTablesInput())
        } catch let error as DynamoDBError {
            #expect(error.code == .plaintextRefused)
            #expect(!error.isRetryable && error.message.contains("https://") && !error.message.contains("secret"))
        }
        return transport.requests.count
    }

    @Test(arguments: [
        "http://db.example:8000", "http://10.0.0.7", "http://[fd00::2]:8000", "http://localhost.example",
        "http://127.0.0.1.example",
    ])
    func toOtherHosts(_ endpoint: String) async throws {
        #expect(try await send(to: endpoint) == 0)
        #expect(try await send(to: endpoint, id: "same", secret: "same", token: "token") == 0)
        // The controls: who says so, and keys that open nothing.
        #expect(try await send(to: endpoint) { $0.allowsPlaintext = true } == 1)
        #expect(try await send(to: endpoint, id: "miyabi", secret: "miyabi") == 1)
    }

    @Test(arguments: ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:1", "https://db.example"])
    func toThisMachineOrByTLSTheyAre(_ endpoint: String) async throws {
        #expect(try await send(to: endpoint) == 1)
    }

    @Test func authoritiesThatCannotBeReadAreNamed() throws {
        var configuration = DynamoDBClientConfiguration(endpoint: "https://db.example")
        configuration.authoritiesPath = "/nowhere.pem"
        let error = #expect(throws: DynamoDBError.self) { try DynamoDBClient(configuration) }
        #expect(error?.code == .invalidConfiguration && error?.message.contains("/nowhere.pem") == true)
    }
}
