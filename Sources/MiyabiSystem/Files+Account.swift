import CSpawn
package import Glibc

extension ServiceAccount {
    /// Does something with files as this account: the kernel judges by its rights, not by root's, and what is made is the
    /// account's.
    ///
    /// In directories that belong to another account root does nothing by path as root: whoever owns a directory can put a
    /// link in the place of what is in it at any moment, and root would follow. As the account, a link leads to nothing that
    /// the account could not have changed itself.
    ///
    /// - Parameter body: Works with files and nothing else, on the thread that it is called on.
    /// - Throws: `system` where the rights cannot be changed; what `body` throws.
    package func act<Result>(_ body: () throws(OperationsError) -> Result) throws(OperationsError) -> Result {
        let count = getgroups(0, nil)
        var groups = [gid_t](repeating: 0, count: Int(max(0, count)))
        guard count >= 0, getgroups(count, &groups) == count else { throw .system("read the groups of this process") }
        // Before the body and not by `defer` alone: as root nothing of it may run.
        guard miyabi_set_thread_groups(1, [gid]) == 0 else { throw .system("work as \(name)") }
        _ = setfsgid(gid)
        _ = setfsuid(uid)
        defer {
            _ = setfsuid(geteuid())
            _ = setfsgid(getegid())
            let restored = miyabi_set_thread_groups(Int32(groups.count), groups)
            precondition(
                restored == 0 && Self.filesAreThoseOf == (geteuid(), getegid()),
                "this thread does not get its own rights back")
        }
        // Both calls give what was before; an account that cannot be is refused, and changes nothing.
        guard Self.filesAreThoseOf == (uid, gid) else {
            throw OperationsError(.system, "cannot work as \(name)")
        }
        return try body()
    }

    /// By whose rights this thread works with files.
    private static var filesAreThoseOf: (uid_t, gid_t) {
        (uid_t(bitPattern: setfsuid(.max)), gid_t(bitPattern: setfsgid(.max)))
    }
}

extension Optional where Wrapped == ServiceAccount {
    /// Does something as the account, where there is one, else as this process.
    package func act<Result>(_ body: () throws(OperationsError) -> Result) throws(OperationsError) -> Result {
        guard let self else { return try body() }
        return try self.act(body)
    }
}

extension Files {
    /// Gives a directory that is in one of our own, where nobody else can put a link in its place.
    package static func give(_ path: String, to account: ServiceAccount) throws(OperationsError) {
        guard lchown(path, account.uid, account.gid) == 0 else { throw .system("give to \(account.name):", path) }
    }

    /// Removes a file, a link (not what it points to) or a whole directory; a missing one is fine.
    ///
    /// Whoever puts a link in the place of a directory meanwhile sees the link removed, and not what it leads to.
    package static func remove(_ path: String) throws(OperationsError) {
        let (parent, name) = split(path)
        let directory = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return }
            throw .system("remove", path)
        }
        defer { close(directory) }
        try remove(name, in: directory, path: path)
    }

    private static func split(_ path: String) -> (parent: String, name: String) {
        let path = path.hasSuffix("/") ? String(path.dropLast()) : path
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let parent = String(path[..<slash])
        return (parent.isEmpty ? "/" : parent, String(path[path.index(after: slash)...]))
    }

    private static func remove(_ name: String, in parent: Int32, path: String) throws(OperationsError) {
        if unlinkat(parent, name, 0) == 0 || errno == ENOENT { return }
        guard errno == EISDIR || errno == EPERM else { throw .system("remove", path) }
        let directory = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard directory >= 0 else { throw .system("remove", path) }
        guard let stream = fdopendir(directory) else {
            close(directory)
            throw .system("remove", path)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        for name in names { try remove(name, in: directory, path: "\(path)/\(name)") }
        guard unlinkat(parent, name, Int32(AT_REMOVEDIR)) == 0 || errno == ENOENT else {
            throw .system("remove", path)
        }
    }
}
