import FoundationEssentials
package import Glibc

/// The few file operations that need more care than Foundation gives: exact modes, exact owners, no half-written files.
package enum Files {
    /// What `lstat` or `stat` says of a path, as far as anybody here asks.
    package struct Status {
        package let isDirectory: Bool
        package let isSymbolicLink: Bool
        package let isRegularFile: Bool
        package let mode: mode_t
        package let owner: uid_t
        package let group: gid_t
        /// Tells a file from all others of its file system, whatever it is called.
        package let inode: UInt64
        /// In bytes.
        package let size: Int
    }

    package static func status(_ path: String, followingLinks: Bool = false) -> Status? {
        var info = stat()
        guard (followingLinks ? stat(path, &info) : lstat(path, &info)) == 0 else { return nil }
        let kind = info.st_mode & S_IFMT
        return Status(
            isDirectory: kind == S_IFDIR, isSymbolicLink: kind == S_IFLNK, isRegularFile: kind == S_IFREG,
            mode: info.st_mode & 0o7777,
            owner: info.st_uid, group: info.st_gid, inode: UInt64(info.st_ino), size: Int(info.st_size))
    }

    package static func exists(_ path: String) -> Bool { status(path, followingLinks: true) != nil }

    /// Makes a directory with exactly this mode (whatever the umask), and its missing parents; an existing one gets the mode.
    package static func makeDirectory(_ path: String, mode: mode_t = 0o700) throws(OperationsError) {
        if mkdir(path, mode) != 0 {
            if errno == ENOENT {
                try makeParents(of: path)
                guard mkdir(path, mode) == 0 || errno == EEXIST else { throw .system("make the directory", path) }
            } else if errno != EEXIST {
                throw .system("make the directory", path)
            }
        }
        guard status(path, followingLinks: true)?.isDirectory == true else {
            throw OperationsError(.system, "\(path) exists and is not a directory")
        }
        try changeMode(path, mode)
    }

    private static func makeParents(of path: String) throws(OperationsError) {
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
        let parent = String(path[..<slash])
        if try makeParent(parent) { return }
        guard errno == ENOENT else { throw .system("make the directory", parent) }
        try makeParents(of: parent)
        guard try makeParent(parent) else { throw .system("make the directory", parent) }
    }

    /// Whether it is there now. Others may pass through what is above a home, whatever the umask: PostgreSQL's account has to.
    private static func makeParent(_ path: String) throws(OperationsError) -> Bool {
        guard mkdir(path, 0o755) == 0 else { return errno == EEXIST }
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("open the directory", path) }
        defer { close(descriptor) }
        guard fchmod(descriptor, 0o755) == 0 else { throw .system("set the permissions of", path) }
        return true
    }

    /// Sets the permission bits, unless they are so already.
    package static func changeMode(_ path: String, _ mode: mode_t) throws(OperationsError) {
        if status(path, followingLinks: true)?.mode == mode { return }
        guard chmod(path, mode) == 0 else { throw .system("set the permissions of", path) }
    }

    /// What a file is called until it is whole.
    package static let draftSuffix = ".new"

    /// Replaces a file as one step: readers see the old text or the new, also after a power cut.
    package static func write(_ text: String, to path: String, mode: mode_t = 0o600) throws(OperationsError) {
        let draft = path + draftSuffix
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system("write", draft) }
        do throws(OperationsError) {
            defer { close(descriptor) }
            try writeAll(Array(text.utf8), to: descriptor, path: draft)
            guard fchmod(descriptor, mode) == 0 else { throw .system("set the permissions of", draft) }
            guard fsync(descriptor) == 0 else { throw .system("store on disk", draft) }
        } catch {
            unlink(draft)
            throw error
        }
        guard Glibc.rename(draft, path) == 0 else { throw .system("write", path) }
        try syncDirectory(containing: path)
    }

    /// Makes a small file that no other process may be making at the same time; an existing one stays as it is.
    package static func create(_ text: String, at path: String, mode: mode_t) throws(OperationsError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            if errno == EEXIST { return }
            throw .system("write", path)
        }
        defer { close(descriptor) }
        try writeAll(Array(text.utf8), to: descriptor, path: path)
        guard fchmod(descriptor, mode) == 0 else { throw .system("set the permissions of", path) }
    }

    package static func writeAll(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(OperationsError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { buffer in
                retryingInterrupted { Glibc.write(descriptor, buffer.baseAddress, buffer.count) }
            }
            guard count >= 0 else { throw .system("write", path) }
            rest = rest.dropFirst(count)
        }
    }

    /// The whole text of a small file, or nil where it is missing or unreadable.
    package static func read(_ path: String) -> String? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return String(decoding: data, as: UTF8.self)
    }

    /// The text of a small file in a directory of another account: nil for what is no regular file, a link among it.
    package static func readRegular(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_size <= 1 << 20 else {
            return nil
        }
        var bytes = [UInt8](repeating: 0, count: Int(info.st_size))
        let count = retryingInterrupted { Glibc.read(descriptor, &bytes, bytes.count) }
        return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    /// The last lines of a log, for error messages.
    package static func tail(_ path: String, lines count: Int = 12) -> String? {
        guard let text = read(path) else { return nil }
        let lines = text.split(separator: "\n").suffix(count)
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    /// Renames, and makes the new name durable.
    package static func rename(_ old: String, to new: String) throws(OperationsError) {
        guard Glibc.rename(old, new) == 0 else { throw .system("rename \(old) to", new) }
        try syncDirectory(containing: new)
    }

    /// Seconds since 1970 of the last change; 0 where there is no such file.
    package static func modified(_ path: String) -> Int {
        var info = stat()
        return lstat(path, &info) == 0 ? info.st_mtim.tv_sec : 0
    }

    package static func entries(_ directory: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    }

    /// The absolute path with every link resolved, or nil where something on the way is missing.
    package static func resolve(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Whether two paths lead to the same file or directory.
    package static func isSame(_ left: String, _ right: String) -> Bool {
        if left == right { return true }
        guard let left = resolve(left) else { return false }
        return left == resolve(right)
    }

    private static func syncDirectory(containing path: String) throws(OperationsError) {
        let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(parent.isEmpty ? "/" : parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("open the directory", parent) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system("store on disk", parent) }
    }
}

extension Files {
    /// The text of a file that nobody but its owner may touch; nil if there is none. The owner is this account or root; root
    /// may use those of the account whose directory it is.
    ///
    /// - Throws: `system` when it cannot be read, is somebody else's, or its group or others have any right to it.
    package static func readSecret(_ path: String) throws(OperationsError) -> String? {
        // A pipe in its place must not make anybody wait.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .system("read", path)
        }
        defer { close(descriptor) }
        // Of the open file: a name could lead elsewhere by now.
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw .system("read", path) }
        guard info.st_mode & S_IFMT == S_IFREG else {
            throw OperationsError(.system, "\(path) is to hold a secret, and is not a regular file")
        }
        let isTrusted =
            info.st_uid == geteuid() || info.st_uid == 0
            || geteuid() == 0
                && status(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))?.owner == info.st_uid
        guard isTrusted else {
            throw OperationsError(
                .system,
                "\(path) holds a secret, and belongs to user number \(info.st_uid): whoever that is may have written it",
                advice: "If you know what is in it: chown \(geteuid()) \(path)")
        }
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

/// Passwords nobody has to type.
package enum RandomSecret {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")

    /// 32 letters and digits from the kernel's generator: 190 bits, and no character that a URL or a passfile must escape.
    package static func password() -> String {
        var generator = SystemRandomNumberGenerator()
        return String((0..<32).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] })
    }

    package static func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
