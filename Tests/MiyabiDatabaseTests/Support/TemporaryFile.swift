import Foundation

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
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-c", path]
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Array(output)
    }
}
