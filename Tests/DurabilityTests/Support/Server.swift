import DynamoDB
import Foundation

@testable import MiyabiSystem

/// A real `miyabi dynamodb serve` in a process of its own, made to be killed.
struct Server: Sendable {
    /// `MIYABI`, or the program that was built with these tests.
    private static let program =
        ProcessInfo.processInfo.environment["MIYABI"]
        ?? URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "miyabi").path

    let endpoint: String
    private let process: ChildProcess

    struct DidNotStart: Error {
        let log: String
    }

    /// The process ended though nobody killed it.
    struct Died: Error {
        let exit: ChildProcess.Exit
        let log: String
        let consequence: any Error
    }

    /// Runs `body` with a server on a free port, and kills the server.
    ///
    /// - Parameter wrapper: a command that runs the server, such as one that gives it a disk of its own.
    static func run<Result: Sendable>(
        data: String, encrypted: Bool = false, wrapper: [String] = [], log: String,
        _ body: (Server) async throws -> Result
    ) async throws -> Result {
        let process = try await ChildProcess.start(
            ChildProcess.Command(
                executable: "/usr/bin/env",
                arguments: wrapper + [program, "dynamodb", "serve", "--port", "0", "--data", data]
                    + (encrypted ? ["--encrypt"] : []), output: log,
                signalOnParentDeath: "KILL"))
        do {
            let result = try await body(Server(endpoint: try await endpoint(of: process, log), process: process))
            await kill(process)
            return result
        } catch {
            let exit = process.ended
            await kill(process)
            guard let exit, exit != .signal(SIGKILL) else { throw error }
            throw Died(exit: exit, log: try String(contentsOfFile: log, encoding: .utf8), consequence: error)
        }
    }

    /// The address that the server tells when it is ready.
    private static func endpoint(of process: ChildProcess, _ log: String) async throws -> String {
        while true {
            let ended = process.ended != nil
            let text = try String(contentsOfFile: log, encoding: .utf8)
            let line = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                .first { $0.hasPrefix("DYNAMODB_ENDPOINT=") }
            if let line { return String(line.dropFirst("DYNAMODB_ENDPOINT=".count)) }
            if ended { throw DidNotStart(log: text) }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    private static func kill(_ process: ChildProcess) async {
        process.signal(SIGKILL)
        _ = await process.exit
    }

    /// Ends the process as a power switch would.
    func kill() async { await Server.kill(process) }

    var processIdentifier: Int32 { process.pid }

    /// How many sockets the server has open.
    func openSockets() throws -> Int {
        let directory = "/proc/\(process.pid)/fd"
        return try FileManager.default.contentsOfDirectory(atPath: directory).count { name in
            // One that was closed meanwhile leads nowhere.
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(directory)/\(name)")
            return target?.hasPrefix("socket:") == true
        }
    }

    /// Runs `body` with a client that tries once, so that an answer tells what happened.
    func withClient<Result: Sendable>(_ body: (DynamoDBClient) async throws -> Result) async throws -> Result {
        let keys = Credentials(accessKeyID: "any", secretAccessKey: "any")
        let client = try DynamoDBClient(
            DynamoDBClientConfiguration(
                endpoint: endpoint, credentials: StaticCredentialsProvider(keys), timeout: .seconds(60),
                maximumAttempts: 1))
        do {
            let result = try await body(client)
            try await client.close()
            return result
        } catch {
            try await client.close()
            throw error
        }
    }
}
