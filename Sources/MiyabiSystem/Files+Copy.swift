import Crypto
import FoundationEssentials
import Glibc

extension Files {
    /// The size of a file and its SHA-256 in hexadecimal digits, read from front to back.
    package static func digest(_ path: String) throws(OperationsError) -> (bytes: Int, sha256: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("read", path) }
        defer { close(descriptor) }
        var hash = SHA256()
        var bytes = 0
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = retryingInterrupted { Glibc.read(descriptor, buffer.baseAddress, buffer.count) }
            guard count >= 0 else { throw .system("read", path) }
            if count == 0 { return (bytes, Array(hash.finalize()).hex) }
            hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            bytes += count
        }
    }

    /// Copies a file, or what a link leads to, readable by its owner only, and makes it durable. Where it can, it gives the
    /// same bytes a second name instead: for files that are never changed.
    package static func copy(_ path: String, to copy: String, mayLink: Bool = false) throws(OperationsError) {
        guard let path = resolve(path) else { throw .system("read", path) }
        if mayLink, link(path, copy) == 0 { return try sync(copy) }
        do {
            try FileManager.default.copyItem(atPath: path, toPath: copy)
        } catch {
            throw OperationsError(.system, "cannot copy \(path) to \(copy): \(error)")
        }
        try changeMode(copy, 0o600)
        try sync(copy)
    }

    /// Copies a file of ours into a directory of another account, as that account.
    package static func copy(_ path: String, to copy: String, as account: ServiceAccount?) throws(OperationsError) {
        guard let account else { return try Files.copy(path, to: copy) }
        let source = open(path, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else { throw .system("read", path) }
        defer { close(source) }
        let target = try account.act { () throws(OperationsError) in
            let target = open(copy, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
            guard target >= 0 else { throw OperationsError.system("write", copy) }
            return target
        }
        defer { close(target) }
        var block = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = retryingInterrupted { Glibc.read(source, &block, block.count) }
            guard count >= 0 else { throw .system("read", path) }
            if count == 0 { break }
            try writeAll(Array(block[..<count]), to: target, path: copy)
        }
        guard fsync(target) == 0 else { throw .system("store on disk", copy) }
    }

    /// Copies what is in a directory, and what is in that. Half-written files are none yet.
    ///
    /// - Parameter exceptions: names in the directory that are left out.
    package static func copyContents(
        of directory: String, to copy: String, except exceptions: Set<String> = []
    ) throws(OperationsError) {
        try makeDirectory(copy)
        for name in try list(directory) where !name.hasSuffix(draftSuffix) && !exceptions.contains(name) {
            let (source, target) = ("\(directory)/\(name)", "\(copy)/\(name)")
            if status(source, followingLinks: true)?.isDirectory == true {
                try copyContents(of: source, to: target)
            } else {
                try Files.copy(source, to: target)
            }
        }
    }

    /// The files below a directory, by their paths from there.
    package static func allFiles(below directory: String) throws(OperationsError) -> [String] {
        var files: [String] = []
        for name in try list(directory) {
            if status("\(directory)/\(name)")?.isDirectory == true {
                files += try allFiles(below: "\(directory)/\(name)").map { "\(name)/\($0)" }
            } else {
                files.append(name)
            }
        }
        return files
    }

    /// The names in a directory, sorted; none where there is no such directory.
    package static func list(_ directory: String) throws(OperationsError) -> [String] {
        guard exists(directory) else { return [] }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
        } catch {
            throw OperationsError(.system, "cannot read the directory \(directory): \(error)")
        }
    }

    /// Makes a file durable.
    package static func sync(_ path: String) throws(OperationsError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system("store on disk", path) }
    }

    /// The size of a file in bytes; 0 where there is none.
    package static func size(_ path: String) -> Int {
        var info = stat()
        return stat(path, &info) == 0 ? Int(info.st_size) : 0
    }
}
