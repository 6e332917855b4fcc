#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

extension AccessKeyFile {
    /// What changes with the file; nil if there is none.
    func version() throws(AccessKeyFileError) -> Version? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw failure(path)
        }
        return Version(
            inode: UInt64(status.st_ino), size: Int64(status.st_size), seconds: Int64(status.st_mtim.tv_sec),
            nanoseconds: Int64(status.st_mtim.tv_nsec))
    }

    /// Each change makes a new file, so that no two have the same version.
    struct Version: Sendable, Hashable {
        let inode: UInt64
        let size: Int64
        let seconds: Int64
        let nanoseconds: Int64
    }

    /// Replaces the file by one with other keys, all or nothing.
    func change(_ body: (inout [AccessKey]) -> Void) throws(AccessKeyFileError) {
        // Two programs that change the keys at once take turns.
        let lock = open(directory, O_RDONLY | O_DIRECTORY)
        guard lock >= 0 else { throw failure(directory) }
        defer { close(lock) }
        while flock(lock, LOCK_EX) != 0 {
            guard errno == EINTR else { throw failure(directory) }
        }
        var keys = try keys() ?? []
        body(&keys)
        try write(
            "# Access keys: names and secrets. Changed by `miyabi dynamodb keys`.\n"
                + keys.map { "\($0.id) \($0.secret)\n" }.joined())
        fsync(lock)
    }

    private func write(_ text: String) throws(AccessKeyFileError) {
        let new = path + ".new"
        guard let file = fopen(new, "w") else { throw failure(new) }
        let isWritten =
            fchmod(fileno(file), 0o600) == 0 && fputs(text, file) >= 0 && fflush(file) == 0 && fsync(fileno(file)) == 0
        let fault = failure(new)
        fclose(file)
        guard isWritten else { throw fault }
        guard rename(new, path) == 0 else { throw failure(path) }
    }

    /// The file's bytes; nil if there is none.
    func read() throws(AccessKeyFileError) -> [UInt8]? {
        guard let file = fopen(path, "r") else {
            if errno == ENOENT { return nil }
            throw failure(path)
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = getc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
        guard ferror(file) == 0 else { throw failure(path) }
        return bytes
    }

    private func failure(_ path: String) -> AccessKeyFileError {
        AccessKeyFileError("\(path): \(String(cString: strerror(errno)))")
    }
}
