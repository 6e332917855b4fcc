import Foundation
import NIOCore
import NIOPosix

@testable import DynamoDB

/// A moto server of its own for one test: an implementation of DynamoDB that is not ours.
struct MotoServer {
    /// Whether `moto_server` is on the path and runs.
    static let isInstalled: Bool = {
        guard let process = try? launch(["--help"]) else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    let client: DynamoDBClient
    let address: String
    private let process: Process

    /// Runs `body` against a new server, and ends the server.
    static func run(_ body: (MotoServer) async throws -> Void) async throws {
        let port = try await freePort()
        let process = try launch(["-H", "127.0.0.1", "-p", "\(port)"])
        let address = "http://127.0.0.1:\(port)"
        let keys = Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret")
        let client = try DynamoDBClient(
            DynamoDBClientConfiguration(
                endpoint: address, credentials: StaticCredentialsProvider(keys), timeout: .seconds(20)))
        let server = MotoServer(client: client, address: address, process: process)
        do {
            try await server.waitUntilReady()
            try await body(server)
        } catch {
            server.stop()
            try await client.close()
            throw error
        }
        server.stop()
        try await client.close()
    }

    /// Ends the server; calling it again does nothing.
    func stop() {
        guard process.isRunning else { return }
        // A child of a dispatch thread starts with its signals blocked, SIGTERM among them.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    private func waitUntilReady() async throws {
        for _ in 0..<200 {
            if (try? await client.listTables(ListTablesInput())) != nil { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw DynamoDBError(code: .requestTimeout, message: "moto_server did not start")
    }

    private static func launch(_ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["moto_server"] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }
}

/// A port on the loopback address that nothing listens on.
func freePort() async throws -> Int {
    let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .bind(host: "127.0.0.1", port: 0).get()
    let port = channel.localAddress?.port ?? 0
    try await channel.close()
    return port
}
