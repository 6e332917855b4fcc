internal import Glibc

/// Empties logs that a crash left without even the whole beginning of an encrypted file: they hold no write. RocksDB 7.8 takes
/// such a file's length without its beginning for a number below zero.
func emptyUnwrittenLogs(in directory: String) throws(StorageError) {
    for log in try files(in: directory, suffix: ".log")
    where log.bytes > 0 && log.bytes < FileEncryption.prefixLength {
        let path = "\(directory)/\(log.name)"
        guard truncate(path, 0) == 0 else { throw StorageError(systemCall: "truncate", on: path) }
    }
}

/// Whether the write-ahead logs of a directory follow one another without a gap.
///
/// RocksDB numbers every write, and a log begins with the number at which the one before ended. In the mode in which we
/// open (``RocksOptions``) it takes the torn end of any log for its end, not only that of the last: what is in the
/// next log is then applied to data that lacks the writes between, and index entries that these removed stay for ever.
///
/// Only the last log can be torn by a crash, since all logs are synced in their order before a write is acknowledged. A
/// gap is damage, like damage within a log.
enum LogSequence {
    /// - Throws: ``StorageError`` of kind `corruption`, naming the log that ends too early.
    static func check(_ directory: String, _ encryption: FileEncryption?) throws(StorageError) {
        let logs = try files(in: directory, suffix: ".log").map(\.name)
        guard logs.count > 1 else { return }
        var last: (log: String, end: UInt64)?
        // Their names are numbers, of six digits or more.
        for log in logs.sorted(by: { ($0.utf8.count, $0) < ($1.utf8.count, $1) }) {
            guard let file = try DataFile(reading: "\(directory)/\(log)", encryption) else { continue }
            guard let writes = try writes(of: file) else { continue }
            if let last, writes.lowerBound > last.end {
                throw StorageError(
                    message: "Corruption: the write-ahead log \(directory)/\(last.log) ends too early: "
                        + "\(writes.lowerBound - last.end) writes before \(log) are missing")
            }
            last = (log, writes.upperBound)
        }
    }

    /// The numbers of a log's writes; nil if it has none.
    ///
    /// RocksDB checks the contents. This goes from header to header, and ends where none can be.
    private static func writes(of file: DataFile) throws(StorageError) -> Range<UInt64>? {
        var writes: Range<UInt64>?
        /// The beginning of the batch being read, which may stand in several fragments.
        var batch: [UInt8] = []
        let size = try file.size
        for start in stride(from: 0, to: size, by: Layout.blockSize) {
            let block = try file.bytes(at: start, count: min(Layout.blockSize, size - start))
            var position = 0
            while position + Layout.headerSize <= block.count {
                let length = Int(block[position + 4]) | Int(block[position + 5]) << 8
                let kind = Layout.Fragment(rawValue: block[position + 6])
                let end = position + Layout.headerSize + length
                guard let kind, end <= block.count else { return writes }
                if kind == .whole || kind == .first { batch.removeAll(keepingCapacity: true) }
                batch += block[(position + Layout.headerSize)..<end].prefix(Layout.batchHeaderSize - batch.count)
                position = end
                guard kind == .whole || kind == .last, batch.count == Layout.batchHeaderSize else { continue }
                let (first, count) = batch.withUnsafeBytes { bytes in
                    (
                        UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)),
                        UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self)))
                    )
                }
                let (next, overflow) = first.addingReportingOverflow(count)
                guard !overflow else { return writes }
                // RocksDB begins a log after a recovery with an empty batch.
                if count > 0 {
                    writes = min(writes?.lowerBound ?? first, first)..<max(writes?.upperBound ?? next, next)
                }
            }
        }
        return writes
    }

    /// RocksDB's form of a log: blocks of 32 KB, in them fragments of batches, each behind a checksum of four bytes, a
    /// length of two and a kind. A batch begins with the number of its first write and how many there are.
    private enum Layout {
        static let blockSize = 32_768
        static let headerSize = 7
        static let batchHeaderSize = 12

        enum Fragment: UInt8 {
            case whole = 1
            case first = 2
            case middle = 3
            case last = 4
        }
    }
}
