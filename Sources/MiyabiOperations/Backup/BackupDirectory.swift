public import Encryption
import FoundationEssentials
import Glibc
public import MiyabiHome
public import MiyabiSystem

/// Where backups are: one directory each, named by its time. What stands there beside them is left alone.
public struct BackupDirectory: Sendable {
    /// The absolute path.
    public let path: String

    /// What is not yet, or no longer, a whole backup.
    private static let partialSuffix = ".miyabi-partial"

    /// The directory at this path, relative to the current one; nothing is read or made.
    public init(path: String) {
        self.path = MiyabiHome(path: path).path
    }

    /// The names of all backups, whether or not they can be read.
    public func names() throws(OperationsError) -> [String] {
        try Files.list(path).filter { name in
            !name.hasSuffix(Self.partialSuffix) && Files.exists("\(path)/\(name)/\(Backup.descriptionFile)")
        }
    }

    /// All backups, oldest first.
    ///
    /// - Throws: `backup` for one whose description cannot be read.
    public func all() throws(OperationsError) -> [Backup] {
        var backups: [Backup] = []
        for name in try names() { backups.append(try backup(named: name)) }
        return backups.sorted { ($0.createdAt, $0.name) < ($1.createdAt, $1.name) }
    }

    /// The names of a home's backups but for the newest ones, oldest first.
    ///
    /// - Parameter count: how many stay.
    /// - Throws: `backup` for one whose description cannot be read.
    public func outdated(of home: MiyabiHome, keeping count: Int) throws(OperationsError) -> [String] {
        try all().filter { $0.isOf(home) }.dropLast(count).map(\.name)
    }

    /// The backup of that name, or the newest for "latest".
    ///
    /// - Throws: `backup` if there is none, if its description cannot be read, or if a newer Miyabi made it.
    public func backup(named name: String) throws(OperationsError) -> Backup {
        if name == "latest" {
            guard let newest = try all().last else {
                throw OperationsError(.backup, "there is no backup in \(path)", advice: "Create one: miyabi backup")
            }
            return newest
        }
        let description = "\(try directory(named: name))/\(Backup.descriptionFile)"
        guard let text = Files.read(description) else { throw .system("read", description) }
        return try Self.backup(text, named: name, in: description)
    }

    /// The backup that the text of a description tells of.
    private static func backup(
        _ text: String, named name: String, in description: String
    ) throws(OperationsError) -> Backup {
        do {
            var backup = try Backup(json: text)
            // A directory may be given another name.
            backup.name = name
            return backup
        } catch let error as OperationsError {
            throw error
        } catch {
            throw OperationsError(.backup, "\(description) is damaged: \(error)")
        }
    }

    /// The same backup with what its encrypted files say of its tables.
    ///
    /// - Throws: `key` where they are encrypted with another key, or there is none; `backup` for a damaged file.
    public func opened(_ backup: Backup, _ keys: MasterKeys?) throws -> Backup {
        guard backup.contents != nil, backup.tables == nil else { return backup }
        let path = "\(directory(of: backup))/\(Backup.tablesFile)"
        let bytes = try SealedFiles.read(path, keys, context: SealedFiles.context(Backup.tablesFile))
        var opened = backup
        do {
            opened.tables = try JSONDecoder().decode([Backup.Table].self, from: Data(bytes))
        } catch {
            throw OperationsError(.backup, "\(path) is damaged: \(error)")
        }
        let paths = Set(backup.files.map(\.path))
        for table in opened.tables ?? [] where !paths.contains(table.file) {
            throw OperationsError(.backup, "the backup's description does not list \(table.file)")
        }
        return opened
    }

    /// - Throws: `backup` if there is no backup of that name, readable or not.
    public func requireBackup(named name: String) throws(OperationsError) { _ = try directory(named: name) }

    private func directory(named name: String) throws(OperationsError) -> String {
        guard try names().contains(name) else {
            throw OperationsError(
                .backup, "there is no backup \(name) in \(path)",
                advice: "`miyabi backup list` lists them; --backups names another directory.")
        }
        return "\(path)/\(name)"
    }

    func directory(of backup: Backup) -> String { "\(path)/\(backup.name)" }

    /// Checks who made a backup, then reads every file of it and compares it with its checksum, and opens what is encrypted.
    ///
    /// - Parameter opens: whether encrypted files are opened: without a key only their outside can be checked.
    /// - Throws: `backup` for one that ``trust`` does not cover, for a file that is none of the backup's, and naming the first
    ///   file that is missing or damaged.
    public func verify(_ backup: Backup, _ trust: BackupTrust, opens: Bool = true) throws {
        if case .key(let key) = trust {
            let description = "\(directory(of: backup))/\(Backup.descriptionFile)"
            guard let text = Files.read(description) else { throw OperationsError.system("read", description) }
            try BackupSeal.check(
                Files.read("\(directory(of: backup))/\(Backup.sealFile)"), of: text, key, of: backup)
            // What has a seal is this text: it has to tell of the backup that is meant.
            guard try Self.backup(text, named: backup.name, in: description) == backup.outside else {
                throw OperationsError(.backup, "\(description) is being changed")
            }
        }
        let listed = Set(backup.files.map(\.path)).union([Backup.descriptionFile, Backup.sealFile])
        for path in try Files.allFiles(below: directory(of: backup)) where !listed.contains(path) {
            throw OperationsError(
                .backup, "\(directory(of: backup))/\(path) does not belong to the backup", advice: "Move it elsewhere.")
        }
        for file in backup.files {
            let path = "\(directory(of: backup))/\(file.path)"
            guard let status = Files.status(path) else { throw OperationsError(.backup, "\(path) is missing") }
            // A link could lead to what only this account may read, and into the new home with it.
            guard status.isRegularFile else { throw OperationsError(.backup, "\(path) is not a file") }
            let found = try Files.digest(path)
            guard found.bytes == file.bytes else {
                throw OperationsError(.backup, "\(path) has \(found.bytes) bytes instead of \(file.bytes)")
            }
            guard found.sha256 == file.sha256 else {
                throw OperationsError(.backup, "\(path) is damaged: its checksum does not match")
            }
        }
        guard opens, backup.isSealed else { return }
        let tables = Set(try opened(backup, trust.keys).tables?.map(\.file) ?? [])
        for file in backup.files {
            let context = tables.contains(file.path) ? SealedFiles.tableContext : SealedFiles.context(file.path)
            try SealedFiles.read("\(directory(of: backup))/\(file.path)", trust.keys, context: context) { _ in }
        }
    }

    /// Removes the backup of that name, readable or not.
    ///
    /// - Throws: `backup` if there is none.
    public func remove(_ name: String) throws(OperationsError) {
        let directory = try directory(named: name)
        // Under another name first: half a backup must not look like one.
        let doomed = directory + Self.partialSuffix
        try Files.remove(doomed)
        try Files.rename(directory, to: doomed)
        try Files.remove(doomed)
    }

    /// Makes the directory of all backups, if it is not there yet.
    func make() throws(OperationsError) {
        if Files.exists(path) { return }
        try Files.makeDirectory(path)
        // Passwords and data have no business in the repository around it.
        try Files.write("*\n", to: path + "/.gitignore", mode: 0o644)
    }

    /// Makes the directory for one more backup; it becomes one by ``finish(_:)``.
    ///
    /// The caller holds the lock, so that whatever else is partial was left by somebody who is gone.
    func begin(_ backup: Backup) throws(OperationsError) -> String {
        for name in try Files.list(path) where name.hasSuffix(Self.partialSuffix) {
            try Files.remove("\(path)/\(name)")
        }
        let draft = directory(of: backup) + Self.partialSuffix
        try Files.makeDirectory(draft)
        return draft
    }

    /// Writes down what the backup consists of, and gives its directory its name.
    func finish(_ backup: Backup, _ key: MasterKey) throws {
        let draft = directory(of: backup) + Self.partialSuffix
        let description = try backup.outside.json() + "\n"
        try Files.write(BackupSeal(description, key).text, to: "\(draft)/\(Backup.sealFile)")
        try Files.write(description, to: "\(draft)/\(Backup.descriptionFile)")
        // The directories inside, too.
        sync()
        try Files.rename(draft, to: directory(of: backup))
    }

    /// A name that no backup has: the time in UTC, to the second.
    func freeName(at time: Date) -> String {
        var name = ""
        var time = time
        repeat {
            name = time.isoName
            time += 1
        } while Files.exists("\(path)/\(name)")
        return name
    }
}

extension Settings {
    /// The directory of backups.
    public var backups: BackupDirectory {
        get { BackupDirectory(path: backupsPath) }
        set { backupsPath = newValue.path }
    }
}

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
