import DynamoDB
import Foundation

/// A real `miyabi dynamodb serve` in a process of its own, made to be killed.
final class Server: Sendable {
    /// `MIYABI`, or the program that was built with these tests.
    static let program =
        ProcessInfo.processInfo.environment["MIYABI"]
        ?? URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "miyabi").path

    let endpoint: String
    private let process: Process
    private let log: URL

    struct DidNotStart: Error {
        let log: String
    }

    /// Starts the server on a free port.
    ///
    /// - Parameter wrapper: a command that runs the server, such as one that gives it a disk of its own.
    init(data: String, wrapper: [String] = [], log: URL) async throws {
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = wrapper + [Server.program, "dynamodb", "serve", "--port", "0", "--data", data]
        try Data().write(to: log)
        process.standardInput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: log)
        let output = Pipe()
        process.standardOutput = output
        self.log = log
        try process.run()
        let line = await Server.firstLine(of: output.fileHandleForReading)
        let prefix = "DYNAMODB_ENDPOINT="
        guard line.hasPrefix(prefix) else {
            process.waitUntilExit()
            throw DidNotStart(log: try String(contentsOf: log, encoding: .utf8))
        }
        endpoint = String(line.dropFirst(prefix.count))
    }

    private static func firstLine(of output: FileHandle) async -> String {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var line = Data()
                while let byte = try? output.read(upToCount: 1), byte != Data("\n".utf8), !byte.isEmpty { line += byte }
                continuation.resume(returning: String(decoding: line, as: UTF8.self))
            }
        }
    }

    var processIdentifier: Int32 { process.processIdentifier }

    /// A client that tries once, so that an answer tells what happened.
    func client() throws -> DynamoDBClient {
        let keys = Credentials(accessKeyID: "any", secretAccessKey: "any")
        return try DynamoDBClient(
            DynamoDBClientConfiguration(
                endpoint: endpoint, credentials: StaticCredentialsProvider(keys), timeout: .seconds(60),
                maximumAttempts: 1))
    }

    /// Runs `body` with a client, and closes it.
    func withClient<Result: Sendable>(_ body: (DynamoDBClient) async throws -> Result) async throws -> Result {
        let client = try client()
        do {
            let result = try await body(client)
            try await client.close()
            return result
        } catch {
            try await client.close()
            throw error
        }
    }

    /// Ends the process as a power switch would.
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// What the server said on its standard error.
    var messages: String {
        get throws { try String(contentsOf: log, encoding: .utf8) }
    }
}
