internal import CSpawn
package import Glibc
import Synchronization

/// What keeps the secrets of this process to itself, and its files to its account.
package enum ProcessPrivacy {
    /// What the process was given: what other programs that it becomes, or files that are meant for others, use.
    private static let given = Mutex<mode_t?>(nil)

    /// Once, before anything else: files are for their owner alone (umask 077), and memory goes into no core file, neither of
    /// this process nor of those that it starts, the database server among them.
    package static func begin() {
        given.withLock { $0 = umask(0o077) }
        // Not 0: a program that takes core files through a pipe gets them all the same, and none with 1 (core(5), and
        // do_coredump in the kernel). A file of one byte is none either.
        var limit = rlimit(rlim_cur: 1, rlim_max: 1)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
        _ = miyabi_forbid_dumps()
    }

    /// For a program that this process becomes: its files are its user's affair.
    package static func giveBackMask() {
        if let mask = given.withLock({ $0 }) { umask(mask) }
    }

    /// The mode of a file that is not only for this account, such as a source file.
    package static var modeOfSharedFiles: UInt32 { 0o666 & ~(given.withLock { $0 } ?? 0o022) }
}
