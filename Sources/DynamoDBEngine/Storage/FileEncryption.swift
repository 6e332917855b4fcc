import CRocksEncryption
import Encryption
import Synchronization

/// What encrypts and decrypts the files of one directory: RocksDB's environment, and the reader of what we read ourselves.
/// All methods may be called from any thread.
final class FileEncryption: @unchecked Sendable {
    private let handle: OpaquePointer
    /// For `rocksdb_options_set_env`; it lives as long as this.
    let environment: OpaquePointer

    /// Bytes before a file's data.
    static let prefixLength = Int(rocks_encryption_prefix_length)

    /// - Parameter secrets: the keys, that of new files first.
    init(_ secrets: [DataKeys.Secret]) throws(StorageError) {
        let handle: OpaquePointer = rocks_encryption_create()
        guard let environment = rocks_encryption_env(handle) else {
            rocks_encryption_destroy(handle)
            throw StorageError(message: "Not implemented: this version of RocksDB cannot encrypt files")
        }
        self.handle = handle
        self.environment = environment
        add(secrets)
    }

    deinit { rocks_encryption_destroy(handle) }

    /// Makes keys known, and the first of them that of new files.
    func add(_ secrets: [DataKeys.Secret]) {
        for (index, secret) in secrets.enumerated() {
            rocks_encryption_add_key(handle, secret.id, secret.bytes, index == 0)
        }
    }

    /// What decrypts a file that begins so.
    func stream(prefix: [UInt8], of path: String) throws(StorageError) -> FileStream {
        let stream = try rocks { error in
            rocks_encryption_stream_open(handle, prefix, prefix.count, path, &error)
        }
        return FileStream(stream, of: path)
    }
}

/// Decrypts one file.
final class FileStream {
    private let handle: OpaquePointer
    private let path: String

    fileprivate init(_ handle: OpaquePointer, of path: String) {
        self.handle = handle
        self.path = path
    }

    deinit { rocks_encryption_stream_close(handle) }

    func decrypt(_ bytes: inout [UInt8], at offset: Int) throws(StorageError) {
        let isDone = bytes.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map {
                rocks_encryption_stream_decrypt(handle, UInt64(offset), $0, buffer.count)
            } ?? true
        }
        guard isDone else { throw StorageError(message: "Corruption: \(path): it cannot be decrypted") }
    }
}
