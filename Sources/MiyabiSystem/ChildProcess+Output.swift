import FoundationEssentials
import Glibc

extension ChildProcess {
    /// Runs a short program and gives what it printed.
    static func output(of executable: String, arguments: [String]) async throws(OperationsError) -> String {
        var template = Array("\(FileManager.default.temporaryDirectory.path)/miyabi-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        let path = template.withUnsafeBufferPointer { buffer in
            String(decoding: buffer.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        guard descriptor >= 0 else { throw .system("make the temporary file", path) }
        defer {
            close(descriptor)
            unlink(path)
        }
        _ = try await run(Command(executable: executable, arguments: arguments, output: path))
        return Files.read(path) ?? ""
    }
}
