import Logging
import MiyabiHome
import MiyabiSystem

/// What backups are to point-in-time recovery: it begins with one, and its log is as long as they are old.
extension EnvironmentBackup {
    /// A backup is good without it, but whoever relies on recovery has to know.
    func warnOfRecovery() async throws {
        guard settings.postgres.url == nil, try RecoveryPolicy.read(of: settings.home) != nil else { return }
        let cluster = try await RunningCluster.find(settings, program: "miyabi backup")
        if try await !LogReceiver.isReceiving(from: cluster, logger: logger) {
            logger.warning("point-in-time recovery is on, but no WAL is received; see `miyabi recovery`")
        }
    }

    /// Removes old backups, and the WAL that none needs any more.
    ///
    /// - Parameter count: how many backups of the home stay; nil removes nothing but the beginning of its present log.
    func retire(allBut count: Int?) throws {
        let directory = settings.backups
        // Where one cannot be read, nobody knows what it needs.
        guard let all = try? directory.all() else {
            if count == nil { return }
            throw OperationsError(
                .backup,
                "the backup was created, but no old one was deleted: a backup in \(directory.path) cannot be read",
                advice: "`miyabi backup list` says which.")
        }
        let own = all.filter { $0.isOf(settings.home) }
        let retired = own.dropLast(count ?? own.count)
        for old in retired {
            try directory.remove(old.name)
            onProgress(.removed(old.name))
        }
        let kept = all.filter { backup in !retired.contains { $0.name == backup.name } }
        let present = try RecoveryPolicy.read(of: settings.home)?.log
        for log in try LogDirectory.all(of: settings.home, in: directory) {
            if let first = kept.lazy.compactMap(\.postgres).first(where: { $0.log == log })?.firstSegment {
                try log.trim(before: first)
            } else if count != nil, log != present {
                try Files.remove(log.path)
            }
        }
    }
}

extension Backup {
    /// Whether it was made of the home, by whatever name that goes.
    func isOf(_ home: MiyabiHome) -> Bool {
        let paths = [self.home, home.path].map { Files.resolve($0) ?? $0 }
        return paths[0] == paths[1]
    }
}
