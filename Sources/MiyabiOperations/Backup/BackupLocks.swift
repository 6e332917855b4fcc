import MiyabiHome
import MiyabiSystem

/// One backup of a home at a time, or one restore of what it was; and one into a directory of backups.
struct BackupLocks {
    private let locks: [FileLock]

    /// - Throws: `alreadyRunning` while another process holds one of them.
    init(home: MiyabiHome, backups: BackupDirectory) throws(OperationsError) {
        try home.requireOwner()
        var locks: [FileLock] = []
        for path in [home.runDirectory + "/backup.lock", backups.path + "/lock"] {
            guard let lock = try FileLock(path) else {
                throw OperationsError(
                    .alreadyRunning, "another backup or restore is in progress: \(path) is locked")
            }
            locks.append(lock)
        }
        self.locks = locks
    }

    /// Lets them go. The holder calls it when the work is done, and so keeps them alive until then.
    func release() {
        for lock in locks { lock.release() }
    }
}
