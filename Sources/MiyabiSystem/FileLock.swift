import Glibc

/// An exclusive `flock` on a file, held until ``release()`` or until the death of the process, however it dies.
///
/// The kernel keeps the lock, so a killed supervisor leaves nothing to clean up; children never inherit it.
package final class FileLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock, or returns nil when another process holds it.
    package init?(_ path: String) throws(OperationsError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system("open the lock file", path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            close(descriptor)
            if reason == EWOULDBLOCK { return nil }
            throw .system("lock", path, errno: reason)
        }
        self.descriptor = descriptor
    }

    /// Whether any process holds the lock now.
    package static func isHeld(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    /// Lets the lock go. The holder calls it when the guarded work is done, and so keeps the lock alive until then.
    package func release() { flock(descriptor, LOCK_UN) }

    deinit { close(descriptor) }
}
