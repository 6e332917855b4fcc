import Glibc

/// An exclusive lock on a file, held until ``release()`` or until the death of the process, however it dies. In the file
/// stands which process has it.
///
/// The kernel keeps the lock, so a killed supervisor leaves nothing to clean up; children never inherit it. It belongs to the
/// open file (`F_OFD_SETLK`): unlike `flock` it can be asked about without being taken for a moment, which would make whoever
/// takes it at that moment fail.
///
/// <https://man7.org/linux/man-pages/man2/fcntl.2.html>
package final class FileLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock, or returns nil when another process holds it.
    package init?(_ path: String) throws(OperationsError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system("open the lock file", path) }
        var request = Self.wholeFile(F_WRLCK)
        guard fcntl(descriptor, Self.set, &request) == 0 else {
            let reason = errno
            close(descriptor)
            if reason == EAGAIN || reason == EACCES { return nil }
            throw .system("lock", path, errno: reason)
        }
        self.descriptor = descriptor
        let holder = Array((ProcessIdentity(pid: getpid())?.text ?? "").utf8)
        guard pwrite(descriptor, holder, holder.count, 0) == holder.count, ftruncate(descriptor, holder.count) == 0
        else { throw .system("write", path) }
    }

    /// Takes the lock as soon as it is free; nil when the time is over before, or the task is cancelled.
    package static func take(_ path: String, within limit: Duration) async throws(OperationsError) -> FileLock? {
        let deadline = ContinuousClock.now + limit
        while true {
            if let lock = try FileLock(path) { return lock }
            if ContinuousClock.now >= deadline || Task.isCancelled { return nil }
            await Polling.pause(.milliseconds(10))
        }
    }

    /// Whether any process holds the lock now.
    package static func isHeld(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var found = wholeFile(F_WRLCK)
        return fcntl(descriptor, get, &found) == 0 && found.l_type != Int16(F_UNLCK)
    }

    /// The process that holds the lock; nil where it is free, and for the moment before its holder has said so.
    package static func holder(_ path: String) -> ProcessIdentity? {
        guard isHeld(path), let text = Files.read(path), let holder = ProcessIdentity(text), holder.isAlive else {
            return nil
        }
        return holder
    }

    /// Lets the lock go. The holder calls it when the guarded work is done, and so keeps the lock alive until then.
    package func release() {
        var request = Self.wholeFile(F_UNLCK)
        _ = fcntl(descriptor, Self.set, &request)
    }

    deinit { close(descriptor) }

    // F_OFD_GETLK and F_OFD_SETLK, which <fcntl.h> shows only to GNU C.
    private static let get: Int32 = 36
    private static let set: Int32 = 37

    private static func wholeFile(_ type: Int32) -> flock {
        flock(l_type: Int16(type), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 0, l_pid: 0)
    }
}
