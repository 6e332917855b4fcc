import Foundation
import MiyabiSystem
import Testing

/// Runs a body with the path of a file of some bytes, and removes it.
func withTemporaryFile<Result>(
    _ bytes: [UInt8], _ body: (String) async throws -> Result
) async throws -> Result {
    let url = FileManager.default.temporaryDirectory.appending(path: "miyabi-test-\(UUID().uuidString)")
    try Data(bytes).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try await body(url.path)
}

/// What `gzip` makes of some bytes.
func gzip(_ bytes: [UInt8]) async throws -> [UInt8] {
    try await withTemporaryFile(bytes) { path in
        try await withTemporaryFile([]) { output in
            let gzip = ChildProcess.Command(
                executable: "/usr/bin/env", arguments: ["gzip", "-c", path], output: output)
            try #require(try await ChildProcess.run(gzip) == .code(0))
            return Array(try Data(contentsOf: URL(filePath: output)))
        }
    }
}
