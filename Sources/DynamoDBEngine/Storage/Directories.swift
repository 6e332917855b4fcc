#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Creates a directory and those above it that are missing; new ones are their owner's alone.
func createDirectory(_ path: String) throws(StorageError) {
    var end = path.startIndex
    while end < path.endIndex {
        end = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
        let part = String(path[..<end])
        if mkdir(part, 0o700) != 0, errno != EEXIST, errno != EISDIR {
            throw StorageError(systemCall: "mkdir", on: part)
        }
    }
}

extension StorageError {
    /// What the last system call of this thread reported, in RocksDB's form.
    init(systemCall: String, on path: String) {
        self.init(message: "IO error: While \(systemCall) \(path): \(String(cString: strerror(errno)))")
    }
}
