import FoundationEssentials
import Glibc

/// Where backups are: one directory each, named by its time. What is not yet, or no longer, a whole backup is `*.partial`.
public struct BackupDirectory: Sendable {
    /// The absolute path.
    public let path: String

    static let partialSuffix = ".partial"

    /// The directory at this path; nothing is read or made.
    public init(path: String) {
        self.path = path
    }

    /// All whole backups, oldest first. What stands there beside them is left alone.
    ///
    /// - Throws: `backup` for one whose description cannot be read.
    public func all() throws(OperationsError) -> [Backup] {
        var backups: [Backup] = []
        for name in Files.entries(path).sorted() where Files.exists("\(path)/\(name)/\(Backup.descriptionFile)") {
            if !name.hasSuffix(Self.partialSuffix) { backups.append(try backup(named: name)) }
        }
        return backups
    }

    /// The backup of that name, or the newest for "latest".
    ///
    /// - Throws: `backup` if there is none, if its description cannot be read, or if a newer Miyabi made it.
    public func backup(named name: String) throws(OperationsError) -> Backup {
        if name == "latest" {
            guard let newest = try all().last else {
                throw OperationsError(.backup, "there is no backup in \(path)", advice: "Make one: miyabi backup")
            }
            return newest
        }
        let directory = "\(path)/\(name)"
        guard !name.contains("/"), !name.hasPrefix("."), !name.hasSuffix(Self.partialSuffix),
            let text = Files.read("\(directory)/\(Backup.descriptionFile)")
        else {
            throw OperationsError(
                .backup, "there is no backup \(name) in \(path)",
                advice: "`miyabi backup list` shows those that there are; --backups names another directory.")
        }
        do {
            var backup = try Backup(json: text)
            guard backup.format <= Backup.currentFormat else {
                throw OperationsError(
                    .backup,
                    "\(directory) was made by Miyabi \(backup.miyabiVersion), in a form that this one does not know",
                    advice: "Use that version, or a newer one.")
            }
            // A directory may be given another name.
            backup.name = name
            return backup
        } catch let error as OperationsError {
            throw error
        } catch {
            throw OperationsError(.backup, "\(directory)/\(Backup.descriptionFile) is damaged: \(error)")
        }
    }

    func directory(of backup: Backup) -> String { "\(path)/\(backup.name)" }

    /// Reads every file of a backup and compares it with its checksum.
    ///
    /// - Throws: `backup`, naming the first file that is missing or damaged.
    public func verify(_ backup: Backup) throws(OperationsError) {
        for file in backup.files {
            let path = "\(directory(of: backup))/\(file.path)"
            guard Files.exists(path) else { throw OperationsError(.backup, "\(path) is missing") }
            let found = try Files.digest(path)
            guard found.bytes == file.bytes else {
                throw OperationsError(.backup, "\(path) has \(found.bytes) bytes instead of \(file.bytes)")
            }
            guard found.sha256 == file.sha256 else {
                throw OperationsError(.backup, "\(path) is damaged: its checksum is not the one it was made with")
            }
        }
    }

    /// Removes a backup.
    public func remove(_ backup: Backup) throws(OperationsError) {
        // Under another name first: half a backup must not look like one.
        let doomed = directory(of: backup) + Self.partialSuffix
        try Files.remove(doomed)
        try Files.rename(directory(of: backup), to: doomed)
        try Files.remove(doomed)
    }

    /// Makes the directory for one more backup; it becomes one by ``finish(_:)``.
    ///
    /// The caller holds the lock, so that whatever else is partial was left by somebody who is gone.
    func begin(_ backup: Backup) throws(OperationsError) -> String {
        for name in Files.entries(path) where name.hasSuffix(Self.partialSuffix) {
            try Files.remove("\(path)/\(name)")
        }
        let draft = directory(of: backup) + Self.partialSuffix
        try Files.makeDirectory(draft)
        return draft
    }

    /// Writes down what the backup consists of, and gives its directory its name.
    func finish(_ backup: Backup) throws {
        let draft = directory(of: backup) + Self.partialSuffix
        try Files.write(try backup.json() + "\n", to: "\(draft)/\(Backup.descriptionFile)")
        try Files.rename(draft, to: directory(of: backup))
    }

    /// A name that no backup has: the time in UTC, to the second.
    func freeName(at time: Date) -> String {
        var name = ""
        var time = time
        repeat {
            name = time.formatted(Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted))
            time += 1
        } while Files.exists("\(path)/\(name)")
        return name
    }
}
