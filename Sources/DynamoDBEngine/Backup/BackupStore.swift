internal import DynamoDB
internal import Synchronization

/// The backups of a data directory: the files in `backups/`, and those being made.
///
/// A file that was copied there from another machine is a backup like any other.
final class BackupStore: Sendable {
    private static let suffix = ".backup"
    private static let partialSuffix = ".partial"

    private let directory: String
    private let running = Mutex<[String: BackupDescription]>([:])
    /// What the files say of themselves, by name: a file that is there never changes.
    private let known = Mutex<[String: BackupDescription]>([:])

    /// Removes what a crash left half made.
    init(in dataDirectory: String) throws {
        directory = dataDirectory + "/backups"
        try createDirectory(directory)
        for file in try files(in: directory, suffix: BackupStore.partialSuffix) {
            _ = try removeFile(file.name, in: directory)
        }
    }

    /// Makes a backup of what the snapshot shows. Blocks its thread.
    ///
    /// - Parameter isStopped: asked now and then; true ends the work without a backup.
    func write(
        _ header: BackupHeader, of table: Table, _ snapshot: Snapshot, _ database: RocksDatabase,
        isStopped: () -> Bool
    ) throws {
        begin(header)
        defer { running.withLock { _ = $0.removeValue(forKey: header.arn) } }
        let partial = name(of: header.arn, BackupStore.partialSuffix)
        do {
            let writer = try BackupWriter(creating: "\(directory)/\(partial)")
            let cursor = RangeCursor(
                database, .items, in: ItemKey.range(of: table.id), forward: true, withinPrefix: false,
                snapshot: snapshot)
            while try cursor.isValid() {
                if writer.itemCount % 1000 == 0, isStopped() { throw CancellationError() }
                try writer.append(try StoredItem(cursor.value))
                cursor.advance()
            }
            let finished = header.finished(items: writer.itemCount, bytes: writer.itemBytes)
            try writer.finish(finished, as: name(of: header.arn, BackupStore.suffix), in: directory)
        } catch {
            _ = try removeFile(partial, in: directory)
            throw error
        }
    }

    /// Shows a backup that is going to be made.
    func begin(_ header: BackupHeader) {
        running.withLock { $0[header.arn] = header.description }
    }

    private func name(of arn: String, _ suffix: String) -> String {
        let identifier = arn.split(separator: "/").last.map(String.init) ?? ""
        return (identifier.contains { $0 == "." } ? "" : identifier) + suffix
    }

    /// Opens a backup; nil if there is none of that ARN.
    func reader(for arn: String) throws -> BackupReader? {
        guard let reader = try BackupReader(reading: "\(directory)/\(name(of: arn, BackupStore.suffix))"),
            reader.header.arn == arn
        else { return nil }
        return reader
    }

    func description(of arn: String) throws -> BackupDescription? {
        try running.withLock { $0[arn] } ?? reader(for: arn)?.header.description
    }

    /// All backups, oldest first.
    func all() throws -> [BackupDescription] {
        // In this order: what ends between the two is found twice, not missed.
        var byARN = running.withLock { $0 }
        for backup in try made() {
            if let arn = backup.backupDetails?.backupArn { byARN[arn] = backup }
        }
        return byARN.values.sorted { one, other in
            (one.backupDetails?.backupCreationDateTime ?? 0, one.backupDetails?.backupArn ?? "")
                < (other.backupDetails?.backupCreationDateTime ?? 0, other.backupDetails?.backupArn ?? "")
        }
    }

    /// The backups that are files. Only those are opened that were not there at the last call.
    private func made() throws -> [BackupDescription] {
        let earlier = known.withLock { $0 }
        var now: [String: BackupDescription] = [:]
        for file in try files(in: directory, suffix: BackupStore.suffix) {
            now[file.name] =
                try earlier[file.name]
                ?? BackupReader(reading: "\(directory)/\(file.name)")?.header.description
        }
        known.withLock { [now] in $0 = now }
        return Array(now.values)
    }

    /// Removes a backup. A restore that has begun goes on.
    func remove(_ arn: String) throws {
        _ = try removeFile(name(of: arn, BackupStore.suffix), in: directory)
    }

    /// Removes system backups whose time is over.
    func removeExpired(at time: Double) throws {
        for case let details? in try all().map(\.backupDetails) {
            if let expiry = details.backupExpiryDateTime, expiry < time { try remove(details.backupArn) }
        }
    }
}
