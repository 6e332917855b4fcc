import DynamoDB
import DynamoDBEngine
import Foundation
import Logging

@testable import DynamoDBService

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A server on a free port over an engine in a directory of its own.
struct TestServer {
    let directory: URL
    let engine: Engine
    let server: DynamoDBServer
    let port: Int

    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Runs `body` with a server, and cleans up after it.
    static func run(
        security: TransportSecurity = .onThisMachine, authentication: Authentication = Authentication(),
        limits: ServerLimits = ServerLimits(),
        faults: FaultRates? = nil, clock: EngineClock = EngineClock(),
        _ body: (TestServer) async throws -> Void
    ) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(
            "miyabi-service-\(UUID().uuidString)")
        var options = Engine.Options(directory: directory.path)
        options.clock = clock
        let engine = try Engine.open(options, logger: silent)
        let server = DynamoDBServer(
            engine: engine, port: 0, security: security, authentication: authentication, limits: limits, faults: faults,
            logger: silent)
        let test = TestServer(directory: directory, engine: engine, server: server, port: try await server.start().port)
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(test))
        } catch {
            result = .failure(error)
        }
        await server.shutdown()
        await engine.close()
        try FileManager.default.removeItem(at: directory)
        try result.get()
    }

    struct Answer {
        let status: Int
        let headers: [String: String]
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// Sends a request as an SDK would.
    func send(
        _ operation: String?, _ body: String, method: String = "POST", signed: Bool = true, credential: String = "any"
    ) async throws -> Answer {
        var request = URLRequest(url: try url())
        request.httpMethod = method
        if method == "POST" { request.httpBody = Data(body.utf8) }
        if let operation { request.setValue("DynamoDB_20120810.\(operation)", forHTTPHeaderField: "X-Amz-Target") }
        if signed { request.setValue("AWS4-HMAC-SHA256 Credential=\(credential)", forHTTPHeaderField: "Authorization") }
        request.setValue("application/x-amz-json-1.0", forHTTPHeaderField: "Content-Type")
        let (data, response) = try await URLSession.shared.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        var headers: [String: String] = [:]
        for (name, value) in response.allHeaderFields { headers["\(name)".lowercased()] = "\(value)" }
        return Answer(status: response.statusCode, headers: headers, body: Array(data))
    }

    private func url() throws -> URL {
        guard let url = URL(string: "http://127.0.0.1:\(port)/") else { throw URLError(.badURL) }
        return url
    }
}

extension ServerLimits {
    /// The usual limits with changes.
    static func test(_ change: (inout ServerLimits) -> Void) -> ServerLimits {
        var limits = ServerLimits()
        change(&limits)
        return limits
    }
}
