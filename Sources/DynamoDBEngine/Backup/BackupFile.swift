internal import DynamoDB
internal import Encryption

/// A backup in one file, which can be copied to another machine. Where the directory is encrypted, all of it is a stream of
/// ``SealedChunks`` by the master key, so that another engine with that key can read it.
///
/// ```
/// file    = magic block* header footer
/// block   = length(u32 BE) CRC-32(u32 BE) payload     of items: (length(varint) stored item)*
/// header  = block                                     of what the file is: an item of ``BackupHeader``
/// footer  = offset of the header (u64 BE) magic
/// ```
/// The header comes last, because it counts what comes before it.
enum BackupFile {
    static let magic = Array("MIYABIB1".utf8)
    static let footerLength = 8 + magic.count
    /// Bytes of items after which a block ends.
    static let blockSize = 256 << 10

    /// What the stream of an encrypted backup is.
    static let context = "table backup"

    static func damaged(_ path: String, _ what: String) -> StorageError {
        StorageError(message: "Corruption: the backup \(path) \(what)")
    }
}

/// Writes a backup's file.
final class BackupWriter {
    private enum File {
        case plain(DataFile)
        case sealed(SealedFileWriter)
    }

    private let file: File
    private let path: String
    private var offset = 0
    private var block: [UInt8] = []
    private(set) var itemCount = 0
    private(set) var itemBytes = 0

    /// - Parameter key: what encrypts it; nil for a file that is not encrypted.
    init(creating path: String, _ key: MasterKey? = nil) throws(StorageError) {
        self.path = path
        if let key {
            do {
                file = .sealed(try SealedFileWriter(creating: path, key, context: BackupFile.context))
            } catch {
                throw StorageError(error, of: path)
            }
        } else {
            file = .plain(try DataFile(creating: path))
        }
        try append(BackupFile.magic)
    }

    private func append(_ bytes: [UInt8]) throws(StorageError) {
        switch file {
        case .plain(let file): try file.append(bytes)
        case .sealed(let file):
            do { try file.append(bytes) } catch { throw StorageError(error, of: path) }
        }
        offset += bytes.count
    }

    func append(_ item: StoredItem) throws(StorageError) {
        block.append(varint: item.bytes.count)
        block.append(contentsOf: item.bytes)
        itemCount += 1
        itemBytes += item.size
        if block.count >= BackupFile.blockSize { try endBlock() }
    }

    private func endBlock() throws(StorageError) {
        guard !block.isEmpty else { return }
        var head: [UInt8] = []
        head.append(bigEndian: UInt32(block.count))
        head.append(bigEndian: block.withUnsafeBytes(CRC32.checksum))
        try append(head)
        try append(block)
        block.removeAll(keepingCapacity: true)
    }

    /// Ends the file and gives it its name, durably.
    func finish(_ header: BackupHeader, as name: String, in directory: String) throws {
        try endBlock()
        let start = offset
        block = try header.stored()
        try endBlock()
        var footer: [UInt8] = []
        footer.append(bigEndian: UInt64(start))
        try append(footer + BackupFile.magic)
        switch file {
        case .plain(let file): try file.sync()
        case .sealed(let file):
            do { try file.finish() } catch { throw StorageError(error, of: path) }
        }
        try renameFile(path, to: name, in: directory)
    }
}

/// The bytes of a backup's file, whether it is encrypted or not.
private enum BackupContents {
    case plain(DataFile)
    case sealed(SealedFileReader)

    init?(_ path: String, _ keys: MasterKeys?) throws(StorageError) {
        guard let file = try DataFile(reading: path) else { return nil }
        guard SealedFileReader.isSealed(path) else {
            self = .plain(file)
            return
        }
        guard let keys else { throw BackupFile.damaged(path, "is encrypted, and there is no master key") }
        do {
            self = .sealed(try SealedFileReader(path, keys, context: BackupFile.context))
        } catch {
            throw StorageError(error, of: path)
        }
    }

    var path: String {
        switch self {
        case .plain(let file): file.path
        case .sealed(let file): file.path
        }
    }

    var size: Int {
        get throws(StorageError) {
            switch self {
            case .plain(let file): try file.size
            case .sealed(let file): file.count
            }
        }
    }

    func bytes(at offset: Int, count: Int) throws(StorageError) -> [UInt8] {
        switch self {
        case .plain(let file): return try file.bytes(at: offset, count: count)
        case .sealed(let file):
            do { return try file.bytes(at: offset, count: count) } catch { throw StorageError(error, of: path) }
        }
    }
}

extension StorageError {
    /// Why an encrypted backup cannot be written or read.
    fileprivate init(_ error: SealedError, of path: String) {
        switch error {
        case .damaged(let what): self = BackupFile.damaged(path, "cannot be read: \(what)")
        case .unknownKey: self = BackupFile.damaged(path, "is encrypted with a master key that is not here")
        case .system(let what, _): self.init(message: "IO error: \(what)")
        }
    }
}

/// Reads a backup's file, and refuses a damaged one.
struct BackupReader {
    private let file: BackupContents
    private let headerOffset: Int
    let header: BackupHeader

    /// Opens a file and reads its header; nil if there is no such file.
    ///
    /// - Parameter keys: what opens encrypted ones.
    init?(reading path: String, _ keys: MasterKeys? = nil) throws {
        guard let file = try BackupContents(path, keys) else { return nil }
        let end = try file.size - BackupFile.footerLength
        guard end > BackupFile.magic.count else { throw BackupFile.damaged(path, "is cut off") }
        let footer = try file.bytes(at: end, count: BackupFile.footerLength)
        let start = Int(truncatingIfNeeded: footer[..<8].reduce(0 as UInt64) { $0 << 8 | UInt64($1) })
        guard try file.bytes(at: 0, count: BackupFile.magic.count) == BackupFile.magic,
            footer[8...].elementsEqual(BackupFile.magic), start >= BackupFile.magic.count, start < end
        else {
            throw BackupFile.damaged(path, "is cut off, or is no backup")
        }
        self.file = file
        headerOffset = start
        let (payload, next) = try BackupReader.block(of: file, at: start, before: end)
        guard next == end else { throw BackupFile.damaged(path, "has a damaged header") }
        header = try payload.withUnsafeBytes { try BackupHeader(stored: StoredItem($0)) }
    }

    private static func block(
        of file: BackupContents, at offset: Int, before end: Int
    ) throws(StorageError) -> (payload: [UInt8], next: Int) {
        let head = try file.bytes(at: offset, count: 8)
        let length = head[..<4].reduce(0) { $0 << 8 | Int($1) }
        guard offset + 8 + length <= end else { throw BackupFile.damaged(file.path, "is damaged at byte \(offset)") }
        let payload = try file.bytes(at: offset + 8, count: length)
        guard payload.withUnsafeBytes(CRC32.checksum) == head[4...].reduce(0 as UInt32, { $0 << 8 | UInt32($1) }) else {
            throw BackupFile.damaged(file.path, "is damaged at byte \(offset)")
        }
        return (payload, offset + 8 + length)
    }

    /// Calls `body` with each item.
    func forEach(_ body: (StoredItem) throws -> Void) throws {
        var offset = BackupFile.magic.count
        var count = 0
        while offset < headerOffset {
            let (payload, next) = try BackupReader.block(of: file, at: offset, before: headerOffset)
            try payload.withUnsafeBytes { bytes in
                var input = ByteInput(bytes)
                while !input.isAtEnd {
                    try body(try StoredItem(try input.counted()))
                    count += 1
                }
            }
            offset = next
        }
        guard count == header.description.sourceTableDetails?.itemCount else {
            throw BackupFile.damaged(file.path, "lacks items")
        }
    }
}
