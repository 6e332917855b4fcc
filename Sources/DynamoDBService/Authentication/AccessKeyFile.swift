import Glibc

/// The access keys of a data directory: its file `keys`, one key to a line, for its owner's eyes only.
///
/// A line has the ID and the secret, then perhaps `name=NAME`, and for a key that may not do everything `limited` and
/// `policy=NAME:DOCUMENT` for each of its policies, a JSON text without spaces. A program that does not know these words
/// refuses all requests, rather than giving a key more than it has.
///
/// While the file exists, a server of the directory answers only requests that are signed with one of its keys. A
/// running server sees each change within a millisecond.
public struct AccessKeyFile: Sendable {
    /// The data directory.
    public let directory: String
    var path: String { "\(directory)/keys" }

    /// - Parameter directory: the data directory, which exists.
    public init(directory: String) {
        self.directory = directory
    }

    /// Adds a key; it makes the file if there is none.
    ///
    /// - Throws: ``AccessKeyFileError``, also if another key has the same name.
    @discardableResult
    public func add(_ key: AccessKey = .generate()) throws(AccessKeyFileError) -> AccessKey {
        try change { keys throws(AccessKeyFileError) in
            if let name = key.name, keys.contains(where: { $0.isCalled(name) }) {
                throw AccessKeyFileError("\(path) has an access key named \(name) already")
            }
            keys.append(key)
        }
        return key
    }

    /// Replaces the policies of a key; nil lets it do everything.
    ///
    /// - Parameter reference: the key's ID or name.
    /// - Returns: the key as it is then; nil if there is no such key.
    /// - Throws: ``AccessKeyFileError``.
    public func limit(_ reference: String, to policies: [KeyPolicy]?) throws(AccessKeyFileError) -> AccessKey? {
        var changed: AccessKey?
        guard try keys() != nil else { return nil }
        try change { keys throws(AccessKeyFileError) in
            guard let index = keys.firstIndex(where: { $0.isCalled(reference) }) else { return }
            keys[index].policies = policies
            changed = keys[index]
        }
        return changed
    }

    /// The keys, oldest first; nil if there is no file.
    ///
    /// - Throws: ``AccessKeyFileError``.
    public func keys() throws(AccessKeyFileError) -> [AccessKey]? {
        guard let bytes = try read() else { return nil }
        var keys: [AccessKey] = []
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            if words.isEmpty || words[0].hasPrefix("#") { continue }
            do {
                keys.append(try AccessKey(words))
            } catch {
                throw AccessKeyFileError("\(path), line \(index + 1): \(error.description)")
            }
        }
        return keys
    }

    /// Removes a key. The file stays, even empty: no key is no reason to let everybody in.
    ///
    /// - Returns: whether there was such a key.
    /// - Throws: ``AccessKeyFileError``.
    public func remove(id: String) throws(AccessKeyFileError) -> Bool {
        var hasFound = false
        guard try keys() != nil else { return false }
        try change { keys throws(AccessKeyFileError) in
            let count = keys.count
            keys.removeAll { $0.id == id }
            hasFound = keys.count < count
        }
        return hasFound
    }
}

/// The file of access keys cannot be read or written.
public struct AccessKeyFileError: Error, Sendable, CustomStringConvertible {
    /// What is wrong, and with which file; no name and no secret.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}

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
    func change(_ body: (inout [AccessKey]) throws(AccessKeyFileError) -> Void) throws(AccessKeyFileError) {
        // Two programs that change the keys at once take turns.
        let lock = open(directory, O_RDONLY | O_DIRECTORY)
        guard lock >= 0 else { throw failure(directory) }
        defer { close(lock) }
        while flock(lock, LOCK_EX) != 0 {
            guard errno == EINTR else { throw failure(directory) }
        }
        var keys = try keys() ?? []
        try body(&keys)
        try write(
            "# Access keys: IDs and secrets. Managed by `miyabi dynamodb keys`.\n"
                + keys.map { "\($0.line)\n" }.joined())
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
