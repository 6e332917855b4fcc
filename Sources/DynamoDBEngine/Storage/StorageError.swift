/// What RocksDB reported, sorted by what the engine can do about it.
struct StorageError: Error, CustomStringConvertible, Sendable {
    enum Kind: Sendable {
        /// The write would have had to wait for flushes or compaction, and was not made (`no_slowdown`).
        case stalled
        /// The read would have had to wait for the disk, and was not made (``ReadTier/memory``).
        case uncached
        /// Another process, or another engine in this process, holds the directory.
        case locked
        /// A file is damaged, or is not of this store.
        case corruption
        /// The disk is full.
        case noSpace
        /// The process has no descriptor left for one more file.
        case noDescriptors
        /// Anything else, mostly I/O errors.
        case other
    }

    let kind: Kind
    /// Whether RocksDB makes no further write after this.
    var isFault = false
    /// RocksDB's own words; they name files, never keys or values.
    let description: String

    /// - Parameter message: RocksDB's status text, "<code>: <detail>".
    init(message: String) {
        description = message
        kind =
            if message.utf8.starts(with: "Result incomplete".utf8) {
                message.holds("stall") ? .stalled : .uncached
            } else if message.holds("No space left") {
                .noSpace
            } else if message.holds("Too many open files") {
                .noDescriptors
            } else if message.utf8.starts(with: "Corruption".utf8) {
                .corruption
            } else if message.holds("lock file") || message.holds("lock hold by current process") {
                .locked
            } else {
                .other
            }
    }
}

extension StorageError {
    /// What callers are told: no names of files.
    var reason: String {
        switch kind {
        case .noSpace: "The disk is full"
        case .noDescriptors: "Too many files are open"
        case .corruption: "The data is damaged"
        default: "The data directory cannot be written"
        }
    }

    /// RocksDB names every damaged file but a log.
    func namingLogs(of directory: String) throws(StorageError) -> StorageError {
        guard kind == .corruption, !description.contains("/") else { return self }
        let names = try files(in: directory, suffix: ".log").map(\.name).joined(separator: ", ")
        return StorageError(message: "\(description) in the write-ahead log (\(names))")
    }
}

extension String {
    /// Whether some words are in the text, byte for byte. Reads of what is not in memory end here, many in a second:
    /// `contains`, which compares characters, took ten times as long as the read.
    fileprivate func holds(_ words: String) -> Bool {
        var rest = utf8[...]
        while !rest.isEmpty {
            if rest.starts(with: words.utf8) { return true }
            rest.removeFirst()
        }
        return false
    }
}
