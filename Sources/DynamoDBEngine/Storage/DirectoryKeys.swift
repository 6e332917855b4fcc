public import Encryption
internal import Glibc
import Synchronization

/// How an engine's directory is encrypted at rest.
public struct EncryptionAtRest: Sendable {
    /// The master keys. A new directory gets data keys of its own, wrapped by the current one.
    public var keys: MasterKeys
    /// Whether a directory whose data is there without encryption is refused. Without, it is used as it is.
    public var isRequired: Bool
    /// Reads the master keys again, when the directory's keys have changed while it is open.
    public var reload: (@Sendable () throws -> MasterKeys)?

    /// Encryption with these keys.
    public init(
        keys: MasterKeys, isRequired: Bool = false, reload: (@Sendable () throws -> MasterKeys)? = nil
    ) {
        self.keys = keys
        self.isRequired = isRequired
        self.reload = reload
    }
}

/// Why a directory's keys cannot be used.
enum DirectoryKeysError: Error, Sendable {
    /// The directory is encrypted, and there is no master key.
    case keyMissing
    /// The directory's keys are wrapped by another master key, of this name.
    case keyWrong(id: String)
    /// The directory's data is not encrypted, and was to be.
    case notEncrypted
    /// The file of keys is damaged, or missing beside encrypted data.
    case damaged(String)
}

/// The file `data-keys` of a directory, and what follows from it.
struct DirectoryKeys: Sendable {
    let directory: String

    private static let name = "data-keys"
    private var path: String { "\(directory)/\(Self.name)" }

    /// The keys; nil for a directory that has none.
    func read() throws -> DataKeys? {
        guard let file = try DataFile(reading: path) else { return nil }
        let bytes = try file.bytes(at: 0, count: min(file.size, 1 << 20))
        do {
            return try DataKeys(text: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw DirectoryKeysError.damaged("\(path) is damaged: \(error.words)")
        }
    }

    /// Changes the file as one step, while nobody else does. The change gets nil where there is none, and returns nil to
    /// leave it.
    func change(_ body: (DataKeys?) throws -> DataKeys?) throws {
        let lock = Glibc.open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard lock >= 0 else { throw StorageError(systemCall: "open", on: path + ".lock") }
        defer { close(lock) }
        while flock(lock, LOCK_EX) != 0 {
            guard errno == EINTR else { throw StorageError(systemCall: "lock", on: path + ".lock") }
        }
        guard let keys = try body(try read()) else { return }
        _ = try removeFile("\(Self.name).new", in: directory)
        let draft = try DataFile(creating: path + ".new")
        try draft.append(Array(keys.text.utf8))
        try draft.sync()
        try draft.rename(to: Self.name, in: directory)
    }

    /// What changes when the file does.
    var stamp: [Int] {
        var status = stat()
        guard stat(path, &status) == 0 else { return [] }
        return [Int(status.st_ino), status.st_mtim.tv_sec, status.st_mtim.tv_nsec, Int(status.st_size)]
    }

    /// What encrypts the directory's files; nil where they are not encrypted. An empty directory gets its keys.
    ///
    /// Nothing is changed where this throws.
    func open(_ options: EncryptionAtRest?) throws -> FileEncryption? {
        if try read() == nil {
            guard try !hasData() else {
                if try dataIsEncrypted() {
                    throw DirectoryKeysError.damaged("\(path) is missing, without which the data cannot be read")
                }
                if options?.isRequired == true { throw DirectoryKeysError.notEncrypted }
                return nil
            }
            guard let options else { return nil }
            try change { keys in
                try keys == nil ? DataKeys(wrappedBy: options.keys.current, at: time(nil)) : nil
            }
        }
        guard let options else { throw DirectoryKeysError.keyMissing }
        let secrets = try secrets(options.keys)
        let encryption = try FileEncryption(secrets)
        // RocksDB's words for a damaged one would be those of an unreadable one.
        _ = try DataFile(reading: "\(directory)/CURRENT", encryption)
        if let current = try read()?.entries.first?.id { try renewIdentity(current) }
        return encryption
    }

    /// Removes the store's random name where an earlier key encrypts it: RocksDB writes it once and then never again, and makes
    /// another where there is none. Nothing of ours goes by it.
    private func renewIdentity(_ current: String) throws {
        guard let file = try DataFile(reading: "\(directory)/IDENTITY"), let id = try EncryptedFile.keyID(of: file),
            id != current
        else { return }
        _ = try removeFile("IDENTITY", in: directory)
    }

    /// The data keys that the file holds now.
    func secrets(_ masters: MasterKeys) throws -> [DataKeys.Secret] {
        do {
            return try read()?.secrets(masters) ?? []
        } catch let error as DataKeysError {
            if case .masterMissing(let id) = error { throw DirectoryKeysError.keyWrong(id: id) }
            throw DirectoryKeysError.damaged("\(path) is damaged: \(error.words)")
        }
    }

    private func hasData() throws -> Bool { try directoryExists("\(directory)/CURRENT") }

    private func dataIsEncrypted() throws -> Bool {
        guard let file = try DataFile(reading: "\(directory)/CURRENT") else { return false }
        return try EncryptedFile.keyID(of: file) != nil
    }
}

extension DataKeysError {
    fileprivate var words: String {
        switch self {
        case .damaged(let what): what
        case .masterMissing(let id): "the master key \(id) is not here"
        }
    }
}

/// What can be seen of a file's encryption without a key.
enum EncryptedFile {
    private static let magic = Array("MIYABIE1".utf8)
    private static let idLength = 16

    /// The key that the file names, in hexadecimal digits; nil for one that is not encrypted.
    static func keyID(of file: DataFile) throws(StorageError) -> String? {
        let length = magic.count + idLength
        guard try file.size >= length else { return nil }
        let head = try file.bytes(at: 0, count: length)
        guard head.starts(with: magic) else { return nil }
        return head[magic.count...].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// What a directory's files are encrypted with, as far as it can be seen without the master key.
public struct EncryptionCensus: Sendable, Equatable, Codable {
    /// A data key, and what it still encrypts.
    public struct Key: Sendable, Equatable, Codable {
        /// Its name.
        public var id: String
        /// When it was made, in seconds since 1970.
        public var madeAt: Int
        /// The master key that wraps it.
        public var masterKey: String
        /// Files that are encrypted with it.
        public var files: Int
        /// Their bytes.
        public var bytes: Int
    }

    /// The keys, that of new files first; empty for a directory that is not encrypted.
    public var keys: [Key]
    /// The store's files that are not encrypted: all or none.
    public var plainFiles: Int

    /// Whether what is written here is encrypted.
    public var isEncrypted: Bool { !keys.isEmpty }

    /// Looks at a directory. It may be open meanwhile.
    ///
    /// - Throws: ``EngineError`` from what opens directories; here what cannot be read.
    public init(of directory: String) throws {
        let entries = try DirectoryKeys(directory: directory).read()?.entries ?? []
        keys = entries.map { entry in
            Key(id: entry.id, madeAt: entry.madeAt, masterKey: entry.masterID, files: 0, bytes: 0)
        }
        plainFiles = 0
        guard try directoryExists(directory) else { return }
        for file in try files(in: directory, suffix: "") where Self.isOfStore(file.name) && file.bytes > 0 {
            // What is removed meanwhile needs no key any more.
            guard let opened = try DataFile(reading: "\(directory)/\(file.name)") else { continue }
            guard let id = try EncryptedFile.keyID(of: opened) else {
                plainFiles += 1
                continue
            }
            let index = keys.firstIndex { $0.id == id }
            if let index {
                keys[index].files += 1
                keys[index].bytes += Int(file.bytes)
            } else {
                keys.append(Key(id: id, madeAt: 0, masterKey: "missing", files: 1, bytes: Int(file.bytes)))
            }
        }
    }

    private static func isOfStore(_ name: String) -> Bool {
        ["CURRENT", "IDENTITY"].contains(name) || [".sst", ".log", ".dbtmp"].contains { name.hasSuffix($0) }
            || ["MANIFEST-", "OPTIONS-"].contains { name.hasPrefix($0) }
    }
}
