internal import Synchronization

/// What restores read, from the request to the last byte: nothing may take it away meanwhile.
final class RestoreSources: Sendable {
    private let restores = Mutex<[TableRestore]>([])

    /// To be called before the source is looked at, so that it is either kept or found to be gone.
    func hold(_ restore: TableRestore) {
        restores.withLock { $0.append(restore) }
    }

    func release(_ restore: TableRestore) {
        restores.withLock { restores in
            if let position = restores.firstIndex(of: restore) { restores.remove(at: position) }
        }
    }

    /// Whether a restore reads the table or its history.
    func isReading(table id: UInt32) -> Bool { oldestMoment(of: id) != nil }

    /// The earliest moment that a restore makes a table of, of all that read this one.
    func oldestMoment(of id: UInt32) -> UInt64? {
        restores.withLock { restores in restores.lazy.filter { $0.sourceTableID == id }.map(\.moment).min() }
    }

    /// Runs `body` unless a restore reads the backup; none begins meanwhile.
    ///
    /// - Returns: false if one does.
    func unlessReading(backup arn: String, _ body: () throws -> Void) throws -> Bool {
        let key = BackupHeader.key(of: arn)
        return try restores.withLock { restores in
            guard !restores.contains(where: { $0.sourceBackupARN.map(BackupHeader.key) == key }) else { return false }
            try body()
            return true
        }
    }
}
