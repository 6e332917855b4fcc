import Glibc

extension Files {
    /// The text of a file that nobody but its owner may touch; nil if there is none.
    ///
    /// - Throws: `system` when it cannot be read, or its group or others have any right to it.
    package static func readSecret(_ path: String) throws(OperationsError) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .system("read", path)
        }
        defer { close(descriptor) }
        // Of the open file: a name could lead elsewhere by now.
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw .system("read", path) }
        guard info.st_mode & 0o077 == 0 else {
            throw OperationsError(
                .system, "\(path) holds a secret, but its permissions let others use it",
                advice: "If nobody else has read it: chmod 600 \(path)")
        }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = retryingInterrupted { Glibc.read(descriptor, &block, block.count) }
            guard count >= 0 else { throw .system("read", path) }
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += block.prefix(count)
        }
    }
}
