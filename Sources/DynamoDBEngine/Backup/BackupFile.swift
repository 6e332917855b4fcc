internal import DynamoDB

/// A backup in one file, which can be copied to another machine.
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

    static func damaged(_ path: String, _ what: String) -> StorageError {
        StorageError(message: "Corruption: the backup \(path) \(what)")
    }
}

/// Writes a backup's file.
final class BackupWriter {
    private let file: DataFile
    private var offset = 0
    private var block: [UInt8] = []
    private(set) var itemCount = 0
    private(set) var itemBytes = 0

    init(creating path: String) throws(StorageError) {
        file = try DataFile(creating: path)
        try append(BackupFile.magic)
    }

    private func append(_ bytes: [UInt8]) throws(StorageError) {
        try file.append(bytes)
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
        try file.sync()
        try file.rename(to: name, in: directory)
    }
}

/// Reads a backup's file, and refuses a damaged one.
struct BackupReader {
    private let file: DataFile
    private let headerOffset: Int
    let header: BackupHeader

    /// Opens a file and reads its header; nil if there is no such file.
    init?(reading path: String) throws {
        guard let file = try DataFile(reading: path) else { return nil }
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
        of file: DataFile, at offset: Int, before end: Int
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
