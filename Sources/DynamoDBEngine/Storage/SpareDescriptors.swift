internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

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
