import Glibc
import Synchronization

/// The space on a data directory's disk, and what opening the directory takes of it.
struct DiskSpace {
    /// Bytes that this process may still write.
    let available: UInt64
    /// Bytes of write-ahead logs, which an opening store copies into tables.
    let logs: UInt64

    /// Beyond the copies of the logs: an empty log and a manifest.
    private static let margin: UInt64 = 4 << 20

    init(of directory: String) throws(StorageError) {
        var status = statvfs()
        guard statvfs(directory, &status) == 0 else { throw StorageError(systemCall: "statvfs", on: directory) }
        available = UInt64(status.f_bavail) * UInt64(status.f_frsize)
        logs = try files(in: directory, suffix: ".log").reduce(0) { $0 + $1.bytes }
    }

    var sufficesForReopening: Bool { available >= logs + DiskSpace.margin }
}

/// Whether files can be created in a data directory, written and synced, and there is space enough to open it. Blocks its
/// thread.
func canBeWritten(_ directory: String) -> Bool {
    let name = "writable.test"
    do {
        guard try DiskSpace(of: directory).sufficesForReopening else { return false }
        _ = try removeFile(name, in: directory)
        let file = try DataFile(creating: "\(directory)/\(name)")
        try file.append([UInt8](repeating: 0, count: 4096))
        try file.sync()
        return try removeFile(name, in: directory)
    } catch {
        return false
    }
}

/// File descriptors that are kept for opening the store again: when none is left for it, none is left for anything else
/// of the process, and connections take each one that becomes free.
final class SpareDescriptors: Sendable {
    /// What RocksDB needs to open a directory: its lock, manifest, log and some tables.
    private static let count = 32

    private let held = Mutex<[Int32]>([])

    deinit { release() }

    /// Holds as many as are wanted and can be had.
    func hold() {
        held.withLock { held in
            while held.count < SpareDescriptors.count {
                let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
                guard descriptor >= 0 else { return }
                held.append(descriptor)
            }
        }
    }

    /// Gives them free, for the next who opens something.
    func release() {
        held.withLock { held in
            for descriptor in held { close(descriptor) }
            held.removeAll()
        }
    }
}
