import Foundation
import NIOCore
import NIOPosix

@testable import DynamoDB
@testable import MiyabiSystem

/// A moto server of its own for one test: an implementation of DynamoDB that is not ours.
struct MotoServer {
    private static let executable = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .map { "\($0)/moto_server" }.first(where: FileManager.default.isExecutableFile(atPath:))

    /// Whether `moto_server` is on the path.
    static var isInstalled: Bool { executable != nil }

    let client: DynamoDBClient
    let address: String
    private let process: ChildProcess

    /// Runs `body` against a new server, and ends the server.
    static func run(_ body: (MotoServer) async throws -> Void) async throws {
        let port = try await freePort()
        let process = try await ChildProcess.start(
            ChildProcess.Command(
                executable: executable ?? "moto_server", arguments: ["-H", "127.0.0.1", "-p", "\(port)"],
                signalOnParentDeath: "KILL"))
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
            await server.stop()
            try await client.close()
            throw error
        }
        await server.stop()
        try await client.close()
    }

    /// Ends the server; calling it again does nothing.
    func stop() async {
        process.signal(SIGKILL)
        _ = await process.exit
    }

    private func waitUntilReady() async throws {
        for _ in 0..<200 {
            if (try? await client.listTables(ListTablesInput())) != nil { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw DynamoDBError(code: .requestTimeout, message: "moto_server did not start")
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
