import DynamoDB
import Encryption
import Logging
import Synchronization

/// The backups of a data directory: the files in `backups/`, and those being made.
///
/// A file that was copied there from another machine is a backup like any other. One that is damaged, or is no backup,
/// is named in the log and left alone.
final class BackupStore: Sendable {
    private static let suffix = ".backup"
    private static let partialSuffix = ".partial"

    private struct Running {
        let header: BackupHeader
        let tableID: UInt32
    }

    private let directory: String
    private let logger: Logger
    /// What opens encrypted backups.
    private let keys: MasterKeys?
    /// What new backups are encrypted with; nil where the directory is not encrypted.
    private let newKey: MasterKey?
    /// Those being made, by ``BackupHeader/key``.
    private let running = Mutex<[String: Running]>([:])
    /// What the files say of themselves, by name: a file that is there never changes. nil for those that were named in
    /// the log.
    private let known = Mutex<[String: BackupHeader?]>([:])

    /// Removes what a crash left half made.
    ///
    /// - Parameters:
    ///   - keys: what opens encrypted backups.
    ///   - encrypts: whether new ones are encrypted.
    init(in dataDirectory: String, keys: MasterKeys? = nil, encrypts: Bool = false, logger: Logger) throws {
        self.keys = keys
        newKey = encrypts ? keys?.current : nil
        directory = dataDirectory + "/backups"
        self.logger = logger
        try createDirectory(directory)
        for file in try files(in: directory, suffix: BackupStore.partialSuffix) {
            do {
                _ = try removeFile(file.name, in: directory)
            } catch {
                logger.warning("A half made backup cannot be removed", metadata: ["error": "\(error)"])
            }
        }
    }

    // MARK: Making

    /// Shows a backup that is going to be made: its table is not deleted from now on.
    func begin(_ header: BackupHeader, of table: Table) {
        running.withLock { $0[header.key] = Running(header: header, tableID: table.id) }
    }

    /// To be called if it is not made after all, or when it is made.
    func end(_ header: BackupHeader) {
        running.withLock { _ = $0.removeValue(forKey: header.key) }
    }

    /// Whether a backup of the table is being made, or waits for its turn.
    func isReading(table id: UInt32) -> Bool {
        running.withLock { running in running.values.contains { $0.tableID == id } }
    }

    /// Makes a backup of what the snapshot shows. Blocks its thread.
    ///
    /// - Parameter isStopped: asked now and then; true ends the work without a backup.
    func write(
        _ header: BackupHeader, of table: Table, _ snapshot: Snapshot, _ database: RocksDatabase,
        isStopped: () -> Bool
    ) throws {
        let partial = name(of: header.arn, BackupStore.partialSuffix)
        do {
            let writer = try BackupWriter(creating: "\(directory)/\(partial)", newKey)
            let cursor = RangeCursor(
                database, .items, in: ItemKey.range(of: table.id), forward: true, withinPrefix: false,
                snapshot: snapshot)
            if isStopped() { throw CancellationError() }
            while try cursor.isValid() {
                try writer.append(try StoredItem(cursor.value))
                cursor.advance()
                if writer.itemCount % 1000 == 0, isStopped() { throw CancellationError() }
            }
            let finished = header.finished(items: writer.itemCount, bytes: writer.itemBytes)
            try writer.finish(finished, as: name(of: header.arn, BackupStore.suffix), in: directory)
        } catch {
            _ = try removeFile(partial, in: directory)
            throw error
        }
    }

    // MARK: Finding

    private func name(of arn: String, _ suffix: String) -> String {
        let identifier = BackupHeader.identifier(in: arn)
        return (identifier.contains { $0 == "." || $0 == "\0" } ? "" : identifier) + suffix
    }

    /// Opens a backup of a namespace; nil if there is none of that ARN, whatever region that says.
    ///
    /// - Throws: ``StorageError`` or ``StoredDataError`` for a damaged file.
    func reader(for arn: String, in namespace: String) throws -> BackupReader? {
        guard let reader = try BackupReader(reading: "\(directory)/\(name(of: arn, BackupStore.suffix))", keys),
            reader.header.key == BackupHeader.key(of: arn), reader.header.namespace == namespace
        else { return nil }
        return reader
    }

    func description(of arn: String, in namespace: String) throws -> BackupDescription? {
        if let header = running.withLock({ $0[BackupHeader.key(of: arn)]?.header }), header.namespace == namespace {
            return header.description
        }
        return try reader(for: arn, in: namespace)?.header.description
    }

    /// The backups of a namespace, oldest first.
    func all(in namespace: String) throws -> [BackupDescription] {
        try all().filter { $0.namespace == namespace }.sorted { BackupHeader.isOlder($0.arn, than: $1.arn) }
            .map(\.description)
    }

    private func all() throws -> [BackupHeader] {
        // In this order: what ends between the two is found twice, not missed.
        var byKey = running.withLock { $0.mapValues(\.header) }
        for header in try made() { byKey[header.key] = header }
        // A file is there a moment before its backup is made for all that asks; until then all say the same of it.
        byKey.merge(running.withLock { $0.mapValues(\.header) }) { $1 }
        return Array(byKey.values)
    }

    /// The backups that are files. Only those are opened that were not there at the last call, or not in order.
    private func made() throws -> [BackupHeader] {
        let earlier = known.withLock { $0 }
        var now: [String: BackupHeader?] = [:]
        for file in try files(in: directory, suffix: BackupStore.suffix) {
            if case .some(.some(let header)) = earlier[file.name] {
                now[file.name] = header
                continue
            }
            do {
                now[file.name] = .some(try readHeader(of: file.name))
            } catch {
                now[file.name] = .some(nil)
                guard earlier[file.name] == nil else { continue }
                logger.error(
                    "A file is passed over: it is no backup, or a damaged one. Copy a good one there, or remove it",
                    metadata: ["file": "\(directory)/\(file.name)", "error": "\(error)"])
            }
        }
        known.withLock { [now] in $0 = now }
        return now.values.compactMap { $0 }
    }

    /// - Returns: nil if the file is gone.
    private func readHeader(of file: String) throws -> BackupHeader? {
        guard let header = try BackupReader(reading: "\(directory)/\(file)", keys)?.header else { return nil }
        let right = name(of: header.arn, BackupStore.suffix)
        guard file == right else {
            throw BackupFile.damaged("\(directory)/\(file)", "has another's name: that of its contents is \(right)")
        }
        return header
    }

    // MARK: Removing

    /// Removes a backup.
    func remove(_ arn: String) throws {
        _ = try removeFile(name(of: arn, BackupStore.suffix), in: directory)
    }

    /// Removes system backups whose time is over, but for those that are being restored.
    func removeExpired(at time: Double, _ restores: RestoreSources) throws {
        for case let details? in try all().map(\.description.backupDetails) {
            guard let expiry = details.backupExpiryDateTime, expiry < time else { continue }
            _ = try restores.unlessReading(backup: details.backupArn) { try remove(details.backupArn) }
        }
    }
}

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
