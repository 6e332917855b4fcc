public import Encryption
public import FoundationEssentials
import Glibc
public import MiyabiSystem

/// Where master keys come from that are not a home's own: what the process's environment says. A `.env` file may not, since
/// whoever wrote it would choose the key, or a program to run.
public enum KeySource: Sendable, Equatable {
    /// A file: `MIYABI_MASTER_KEY_FILE`.
    case file(String)
    /// The keys themselves: `MIYABI_MASTER_KEY`.
    case keys(MasterKeys)
    /// What prints them, for the shell: `MIYABI_MASTER_KEY_COMMAND`, such as a request to a key management service.
    case command(String)

    /// How long a command may take.
    static let deadline = Duration.seconds(30)

    /// What the environment says; nil where it says nothing.
    ///
    /// - Throws: `invalidSetting` for several at once, `key` for text that is no key.
    public init?(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(OperationsError) {
        let variables: [Variable] = [.masterKeyFile, .masterKey, .masterKeyCommand]
        let set = variables.filter { environment[$0.name]?.isEmpty == false }
        guard let variable = set.first, let value = environment[variable.name] else { return nil }
        guard set.count == 1 else {
            throw OperationsError(
                .invalidSetting, "\(set.map(\.name).joined(separator: " and ")) are both set; set one of them")
        }
        switch variable {
        case .masterKeyFile: self = .file(value)
        case .masterKey:
            do { self = .keys(try MasterKeys(text: value)) } catch {
                throw OperationsError(.key, "\(variable.name): \(error)")
            }
        default: self = .command(value)
        }
    }

    /// Reads the keys. They are in no log, no error and no process's arguments.
    ///
    /// - Throws: `key` where there is none; `timeout`; `system`.
    public func keys() async throws(OperationsError) -> MasterKeys {
        switch self {
        case .keys(let keys): return keys
        case .file(let path): return try Self.require(path)
        case .command(let command): return try await Self.output(of: command)
        }
    }

    /// The keys in a file that nobody else may read.
    ///
    /// - Throws: `key` where there is none.
    public static func require(_ path: String) throws(OperationsError) -> MasterKeys {
        guard let keys = try read(path) else {
            throw OperationsError(
                .key, "there is no master key in \(path)",
                advice: "A home has its key in secrets/master-key; `miyabi key export` writes a copy.")
        }
        return keys
    }

    /// The same; nil where there is no file.
    static func read(_ path: String) throws(OperationsError) -> MasterKeys? {
        guard let text = try Files.readSecret(path) else { return nil }
        do { return try MasterKeys(text: text) } catch { throw OperationsError(.key, "\(path) holds no key: \(error)") }
    }

    private static func output(of command: String) async throws(OperationsError) -> MasterKeys {
        // In memory, and without a name once the command runs: what it prints is on no disk.
        let directory = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : FileManager.default.temporaryDirectory.path
        var template = Array("\(directory)/miyabi-key-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        let path = template.withUnsafeBufferPointer { buffer in
            String(decoding: buffer.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        guard descriptor >= 0 else { throw .system("make the temporary file", path) }
        defer {
            close(descriptor)
            unlink(path)
        }
        var environment = ProcessInfo.processInfo.environment
        environment[Variable.masterKey.name] = nil
        let child = try await ChildProcess.start(
            ChildProcess.Command(
                executable: "/bin/sh", arguments: ["-c", command], environment: environment, output: path,
                errors: "/dev/null", signalOnParentDeath: "KILL"))
        unlink(path)
        guard await Polling.until(within: deadline, { child.ended != nil }) else {
            kill(-child.pid, SIGKILL)
            child.signal(SIGKILL)
            throw OperationsError(
                .timeout, "the command of \(Variable.masterKeyCommand.name) printed no key within \(deadline)")
        }
        guard child.ended == .code(0) else {
            throw OperationsError(
                .key, "the command of \(Variable.masterKeyCommand.name) failed with \(await child.exit)",
                advice: "Run it by hand to see why; its standard error is not shown here, since it may hold secrets.")
        }
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count >= 0 else { throw .system("read what the command printed") }
        do { return try MasterKeys(text: String(decoding: bytes.prefix(count), as: UTF8.self)) } catch {
            throw OperationsError(.key, "what the command of \(Variable.masterKeyCommand.name) printed is no key")
        }
    }
}

/// The master keys of a home or an engine's directory: what the environment names, else its own file.
public struct HomeKeys: Sendable {
    /// What the environment names; nil for its own.
    public let source: KeySource?
    /// The file of its own.
    public let file: String
    /// The file of an older home's key of backups.
    private let olderFile: String?

    /// The keys of a home; nothing is read yet.
    public init(_ home: MiyabiHome, source: KeySource?) {
        self.source = source
        file = home.masterKeyFile
        olderFile = home.backupKeyFile
    }

    /// The keys of an engine's directory, whose own are in `file`.
    public init(file: String, source: KeySource?) {
        self.source = source
        self.file = file
        olderFile = nil
    }

    /// The keys; nil where the home has none yet. The key of backups that older homes have is among them.
    ///
    /// - Throws: `key`, `system`, `timeout`.
    public func keys() async throws(OperationsError) -> MasterKeys? {
        let backups = try olderFile.map { path throws(OperationsError) in try KeySource.read(path) } ?? nil
        guard let source else {
            guard let own = try KeySource.read(file) else { return backups }
            return own.adding(backups?.all ?? [])
        }
        return try await source.keys().adding(backups?.all ?? [])
    }

    /// The keys, made where the home has none.
    ///
    /// - Throws: `key`, `system`, `timeout`.
    public func make() async throws(OperationsError) -> MasterKeys {
        if let keys = try await keys() { return keys }
        let keys = MasterKeys(current: MasterKey())
        try write(keys)
        return keys
    }

    /// Gives the home keys of its own; where the environment names others, those stay the ones that count.
    public func write(_ keys: MasterKeys) throws(OperationsError) {
        try Files.write(keys.text, to: file)
    }

    /// Makes a new key the current one, and keeps those before it to open what they have encrypted.
    ///
    /// - Throws: `key` where the keys are in no file here, or there are none.
    public func rotate() async throws(OperationsError) -> MasterKeys {
        guard let keys = try await keys() else { throw missing }
        let path: String
        switch source {
        case nil: path = file
        case .file(let named): path = named
        case .keys, .command:
            throw OperationsError(
                .key, "the master key comes from the environment, and cannot be changed from here",
                advice: "Put the new key's line before the others there, and run this again.")
        }
        let rotated = MasterKeys(current: MasterKey(), earlier: keys.all)
        try Files.write(rotated.text, to: path)
        return rotated
    }

    /// The error where there are none.
    public var missing: OperationsError {
        OperationsError(
            .key, "there is no master key in \(file): nothing is encrypted with one",
            advice: "A new home is encrypted; what is here moves into one by `miyabi backup` and `miyabi restore`.")
    }

    /// Reads the keys again while an engine runs; nil where that takes a command or the environment.
    public var reload: (@Sendable () throws -> MasterKeys)? {
        let path: String
        switch source {
        case nil: path = file
        case .file(let named): path = named
        case .keys, .command: return nil
        }
        return { try KeySource.require(path) }
    }
}

extension MiyabiHome {
    /// The file of the home's own master keys.
    public var masterKeyFile: String { "\(secretsDirectory)/\(Self.masterKeyName)" }
    /// The file of the key that sealed backups in homes that are older than master keys.
    public var backupKeyFile: String { "\(secretsDirectory)/\(Self.backupKeyName)" }

    private static let masterKeyName = "master-key"
    private static let backupKeyName = "backup-key"

    /// Names in ``secretsDirectory`` that belong to this home and to no copy of it: who gets hold of a backup must not be able
    /// to read it or to make another, and a restored home makes an access key of its own.
    package static let secretsOfOneHome: Set<String> = [masterKeyName, backupKeyName, credentialsName]
}
