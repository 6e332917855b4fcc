internal import Encryption
internal import Glibc

/// A file beside the store, for what is copied to other machines. Blocks its thread.
final class DataFile {
    let path: String
    private let descriptor: Int32
    /// What decrypts it, and how many bytes come before its data.
    private let stream: FileStream?
    private let start: Int

    /// Opens a file for reading; nil if there is none.
    ///
    /// - Parameter encryption: what decrypts it, if it is one of the store's.
    init?(reading path: String, _ encryption: FileEncryption? = nil) throws(StorageError) {
        // A pipe would be waited for; for a file the flag means nothing.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        if descriptor < 0, errno == ENOENT { return nil }
        guard descriptor >= 0 else { throw StorageError(systemCall: "open", on: path) }
        self.path = path
        self.descriptor = descriptor
        guard let encryption else {
            (stream, start) = (nil, 0)
            return
        }
        start = FileEncryption.prefixLength
        do throws(StorageError) {
            let length = min(start, try Self.size(of: descriptor, path))
            stream = try encryption.stream(
                prefix: try Self.bytes(of: descriptor, path, at: 0, count: length), of: path)
        } catch {
            close(descriptor)
            throw error
        }
    }

    /// Creates a file, for its owner's eyes only.
    init(creating path: String) throws(StorageError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StorageError(systemCall: "open", on: path) }
        self.path = path
        self.descriptor = descriptor
        (stream, start) = (nil, 0)
    }

    deinit { close(descriptor) }

    /// Bytes of data.
    var size: Int {
        get throws(StorageError) { max(0, try Self.size(of: descriptor, path) - start) }
    }

    private static func size(of descriptor: Int32, _ path: String) throws(StorageError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw StorageError(systemCall: "stat", on: path) }
        return Int(status.st_size)
    }

    func append(_ bytes: [UInt8]) throws(StorageError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw StorageError(systemCall: "write", on: path) }
            rest = rest.dropFirst(count)
        }
    }

    /// Exactly `count` bytes.
    func bytes(at offset: Int, count: Int) throws(StorageError) -> [UInt8] {
        var bytes = try Self.bytes(of: descriptor, path, at: start + offset, count: count)
        try stream?.decrypt(&bytes, at: start + offset)
        return bytes
    }

    private static func bytes(
        of descriptor: Int32, _ path: String, at offset: Int, count: Int
    ) throws(StorageError) -> [UInt8] {
        do throws(ExactReadFault) {
            return try exactBytes(of: descriptor, at: offset, count: count)
        } catch {
            switch error {
            case .system(let number):
                errno = number
                throw StorageError(systemCall: "read", on: path)
            case .cutOff: throw StorageError(message: "Corruption: \(path) is cut off")
            }
        }
    }

    /// Returns once the contents are on disk.
    func sync() throws(StorageError) {
        guard fsync(descriptor) == 0 else { throw StorageError(systemCall: "fsync", on: path) }
    }

    /// Gives the file its final name, durably, in the same directory.
    func rename(to name: String, in directory: String) throws(StorageError) {
        try renameFile(path, to: name, in: directory)
    }
}

/// Gives a file its final name, durably, in the same directory.
func renameFile(_ path: String, to name: String, in directory: String) throws(StorageError) {
    guard rename(path, "\(directory)/\(name)") == 0 else { throw StorageError(systemCall: "rename", on: path) }
    try syncDirectory(directory)
}

/// Removes a file, durably; false if there is none.
func removeFile(_ name: String, in directory: String) throws(StorageError) -> Bool {
    guard unlink("\(directory)/\(name)") == 0 else {
        if errno == ENOENT { return false }
        throw StorageError(systemCall: "unlink", on: "\(directory)/\(name)")
    }
    try syncDirectory(directory)
    return true
}

/// Returns once the names in the directory are on disk.
private func syncDirectory(_ directory: String) throws(StorageError) {
    let descriptor = open(directory, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw StorageError(systemCall: "open", on: directory) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw StorageError(systemCall: "fsync", on: directory) }
}
