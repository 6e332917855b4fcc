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
            if message.hasPrefix("Result incomplete") {
                message.contains("stall") ? .stalled : .uncached
            } else if message.hasPrefix("IO error: No space left") || message.contains("No space left on device") {
                .noSpace
            } else if message.contains("Too many open files") {
                .noDescriptors
            } else if message.hasPrefix("Corruption") {
                .corruption
            } else if message.contains("lock file") || message.contains("lock hold by current process") {
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
