internal import Glibc

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

func directoryExists(_ path: String) throws(StorageError) -> Bool {
    var status = stat()
    if stat(path, &status) == 0 { return true }
    guard errno == ENOENT else { throw StorageError(systemCall: "stat", on: path) }
    return false
}

/// The files of a directory whose names end so, in the order of their names.
func files(in directory: String, suffix: String) throws(StorageError) -> [(name: String, bytes: UInt64)] {
    guard let entries = opendir(directory) else { throw StorageError(systemCall: "opendir", on: directory) }
    defer { closedir(entries) }
    var files: [(name: String, bytes: UInt64)] = []
    while let entry = readdir(entries) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        var file = stat()
        guard name.hasSuffix(suffix), stat("\(directory)/\(name)", &file) == 0 else { continue }
        files.append((name, UInt64(file.st_size)))
    }
    return files.sorted { $0.name < $1.name }
}

/// Removes what RocksDB leaves at each open: it describes its options in a file, cannot spell our level of its info log
/// (``RocksOptions``), and forgets the draft.
func removeOptionDrafts(in directory: String) throws(StorageError) {
    for draft in try files(in: directory, suffix: ".dbtmp") where draft.name.hasPrefix("OPTIONS-") {
        let path = "\(directory)/\(draft.name)"
        guard unlink(path) == 0 || errno == ENOENT else { throw StorageError(systemCall: "unlink", on: path) }
    }
}

extension StorageError {
    /// What the last system call of this thread reported, in RocksDB's form.
    init(systemCall: String, on path: String) {
        self.init(message: "IO error: While \(systemCall) \(path): \(String(cString: strerror(errno)))")
    }
}
