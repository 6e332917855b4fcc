import Crypto
import FoundationEssentials
import Glibc

extension Files {
    /// The size of a file and its SHA-256 in hexadecimal digits, read from front to back.
    static func digest(_ path: String) throws(OperationsError) -> (bytes: Int, sha256: String) {
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

    /// Copies a file, readable by its owner only, and makes it durable. Where it can, it gives the same bytes a second name
    /// instead: for files that are never changed.
    static func copy(_ path: String, to copy: String, mayLink: Bool = false) throws(OperationsError) {
        if mayLink, link(path, copy) == 0 { return try sync(copy) }
        do {
            try FileManager.default.copyItem(atPath: path, toPath: copy)
        } catch {
            throw OperationsError(.system, "cannot copy \(path) to \(copy): \(error)")
        }
        try changeMode(copy, 0o600)
        try sync(copy)
    }

    /// Copies what is in a directory, and what is in that.
    static func copyContents(of directory: String, to copy: String) throws(OperationsError) {
        try makeDirectory(copy)
        for name in entries(directory) {
            let (source, target) = ("\(directory)/\(name)", "\(copy)/\(name)")
            if status(source)?.isDirectory == true {
                try copyContents(of: source, to: target)
            } else {
                try Files.copy(source, to: target)
            }
        }
    }

    /// The files below a directory, by their paths from there, sorted.
    static func allFiles(below directory: String) -> [String] {
        entries(directory).sorted().flatMap { name in
            status("\(directory)/\(name)")?.isDirectory == true
                ? allFiles(below: "\(directory)/\(name)").map { "\(name)/\($0)" } : [name]
        }
    }

    /// Makes a file durable.
    static func sync(_ path: String) throws(OperationsError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system("store on disk", path) }
    }

    /// The size of a file in bytes; 0 where there is none.
    static func size(_ path: String) -> Int {
        var info = stat()
        return stat(path, &info) == 0 ? Int(info.st_size) : 0
    }
}
