import Encryption
import Glibc
import Logging
import Synchronization

/// Follows the directory's file of data keys while an engine is open: another program rotates them there.
final class DataKeyWatch: Sendable {
    private struct State {
        var stamp: [Int]
        /// Since when the current key is that of new files, in seconds of a clock that only goes forward.
        var since: Int
    }

    private let options: EncryptionAtRest
    private let encryption: FileEncryption
    private let directory: String
    private let state: Mutex<State>

    init(_ options: EncryptionAtRest, _ encryption: FileEncryption, in directory: String) {
        self.options = options
        self.encryption = encryption
        self.directory = directory
        state = Mutex(State(stamp: DirectoryKeys(directory: directory).stamp, since: .min / 2))
    }

    private static var seconds: Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec
    }

    /// Takes over keys that have come since. Returns whether there is a new one.
    func refresh(_ logger: Logger) -> Bool {
        let keys = DirectoryKeys(directory: directory)
        let stamp = keys.stamp
        guard state.withLock({ $0.stamp != stamp }) else { return false }
        do {
            let before = state.withLock { $0.stamp }
            encryption.add(try keys.secrets(options.reload?() ?? options.keys))
            state.withLock { $0 = State(stamp: stamp, since: Self.seconds) }
            logger.notice("The data keys have changed", metadata: ["directory": "\(directory)"])
            return before != stamp
        } catch {
            // Said once: what is written goes on with the key that is known.
            state.withLock { $0.stamp = stamp }
            logger.error(
                "The directory's data keys have changed and cannot be used; the one before stays in use",
                metadata: ["directory": "\(directory)", "error": "\(error)"])
            return false
        }
    }

    /// Whether somebody has asked for all files to be written anew, so that earlier keys are no longer needed.
    var wantsRewrite: Bool { KeyRotation.isRewriteWanted(in: directory) }

    func endRewrite() throws { try KeyRotation.endRewrite(in: directory) }

    /// Forgets keys that no file uses any more.
    ///
    /// - Returns: whether files are left that use an earlier one.
    func removeUnused() throws -> Bool {
        // A file may have got its key just before the current one came, and not yet be there.
        guard state.withLock({ Self.seconds - $0.since > 5 }) else { return true }
        let census = try EncryptionCensus(of: directory)
        let earlier = census.keys.dropFirst()
        let unused = Set(earlier.filter { $0.files == 0 }.map(\.id))
        if !unused.isEmpty {
            try DirectoryKeys(directory: directory).change { keys in
                // Another program may have made a new one meanwhile.
                guard var keys, keys.entries.first?.id == census.keys.first?.id else { return nil }
                keys.removeKeys(unused)
                return keys
            }
            state.withLock { $0.stamp = DirectoryKeys(directory: directory).stamp }
        }
        return earlier.count > unused.count
    }
}
