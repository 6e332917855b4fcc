#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The space on a data directory's disk, and what opening the directory takes of it.
struct DiskSpace {
    /// Bytes that this process may still write.
    let available: UInt64
    /// Bytes of write-ahead logs, which an opening store copies into tables.
    let logs: UInt64

    /// Beyond the copies of the logs: an empty log and a manifest.
    private static let margin: UInt64 = 4 << 20

    init(of directory: String) throws(StorageError) {
        var status = statvfs()
        guard statvfs(directory, &status) == 0 else { throw StorageError(systemCall: "statvfs", on: directory) }
        available = UInt64(status.f_bavail) * UInt64(status.f_frsize)
        logs = try logFiles(in: directory).reduce(0) { $0 + $1.bytes }
    }

    var sufficesForRecovery: Bool { available >= logs + DiskSpace.margin }
}

/// The write-ahead logs of a data directory.
func logFiles(in directory: String) throws(StorageError) -> [(name: String, bytes: UInt64)] {
    guard let entries = opendir(directory) else { throw StorageError(systemCall: "opendir", on: directory) }
    defer { closedir(entries) }
    var files: [(name: String, bytes: UInt64)] = []
    while let entry = readdir(entries) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        var file = stat()
        guard name.hasSuffix(".log"), stat("\(directory)/\(name)", &file) == 0 else { continue }
        files.append((name, UInt64(file.st_size)))
    }
    return files.sorted { $0.name < $1.name }
}
