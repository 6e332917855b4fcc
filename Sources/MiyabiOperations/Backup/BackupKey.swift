import Crypto
import FoundationEssentials
public import MiyabiHome
public import MiyabiSystem

/// The key that shows that a home made a backup, and that nobody has changed it since: 256 random bits in the home's
/// `secrets/backup-key`. It is in no backup, so that whoever gets hold of one cannot make another.
public struct BackupKey: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    private let bytes: [UInt8]

    private static let header = "miyabi-backup-key 1 "
    private static let count = 32

    /// What a description holds to tell the keys of several homes apart; it says nothing of the key itself.
    var id: String { String(Array(SHA256.hash(data: Array(Self.header.utf8) + bytes)).hex.prefix(16)) }

    /// The name that it goes by.
    public var description: String { id }
    /// Shows nothing, so that `dump` is safe.
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// Reads a key's file.
    ///
    /// - Throws: `backup` for a file that holds no key, `system` for one that is not there or that others may read.
    public init(file: String) throws(OperationsError) {
        guard let key = try Self.read(file) else {
            throw OperationsError(
                .system, "there is no key of backups in \(file)",
                advice: "A home has its key in secrets/backup-key once it has made a backup.")
        }
        self = key
    }

    /// The key of a home; nil if it has made no backup yet.
    public static func of(_ home: MiyabiHome) throws(OperationsError) -> BackupKey? { try read(home.backupKeyFile) }

    /// The key of a home, made if there is none.
    static func make(for home: MiyabiHome) throws(OperationsError) -> BackupKey {
        if let key = try of(home) { return key }
        let key = BackupKey(bytes: RandomSecret.bytes(count))
        try key.write(to: home)
        return key
    }

    /// Gives a home this key.
    func write(to home: MiyabiHome) throws(OperationsError) {
        try Files.write(Self.header + Data(bytes).base64EncodedString() + "\n", to: home.backupKeyFile)
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private static func read(_ file: String) throws(OperationsError) -> BackupKey? {
        guard let text = try Files.readSecret(file) else { return nil }
        let line = text.split(whereSeparator: \.isNewline).first ?? ""
        guard line.hasPrefix(header), let data = Data(base64Encoded: String(line.dropFirst(header.count))),
            data.count == count
        else { throw OperationsError(.backup, "\(file) does not hold a key of backups") }
        return BackupKey(bytes: Array(data))
    }

    /// What shows later that a key's home wrote a description, and with it the checksums of all files: a line for the file
    /// beside it.
    func seal(_ description: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array(description.utf8), using: SymmetricKey(data: bytes))
        return "\(Self.sealHeader)\(id) \(Array(code).hex)\n"
    }

    private static let sealHeader = "miyabi-backup-seal 1 "

    /// Refuses a description that was not written with this key, or was changed since.
    ///
    /// - Parameters:
    ///   - backup: the backup, for the message.
    ///   - seal: the text of its seal; nil if it has none.
    func check(_ description: String, _ seal: String?, of backup: Backup) throws(OperationsError) {
        guard let seal, seal.hasPrefix(Self.sealHeader) else {
            throw OperationsError(
                .backup, "nothing shows who made the backup \(backup.name): it has no seal", advice: Self.trustAdvice)
        }
        guard seal.dropFirst(Self.sealHeader.count).hasPrefix(id + " ") else {
            throw OperationsError(
                .backup, "the backup \(backup.name) was made with another key than \(id)",
                advice: "Name the key's file with --key: secrets/backup-key of \(backup.home), or your copy of it.")
        }
        guard seal == self.seal(description) else {
            throw OperationsError(
                .backup, "the backup \(backup.name) was changed since it was made: its seal does not match")
        }
    }

    static let trustAdvice =
        "If you know where it comes from: --trust. A backup that somebody else made can run programs as PostgreSQL's account."
}

/// What a backup has to show before anything of it is used.
public enum BackupTrust: Sendable {
    /// The seal of a key.
    case key(BackupKey)
    /// Nothing: the person knows where it comes from.
    case anything
}

extension MiyabiHome {
    /// The file of the key that seals the home's backups.
    public var backupKeyFile: String { "\(secretsDirectory)/\(Self.backupKeyName)" }

    private static let backupKeyName = "backup-key"

    /// Names in ``secretsDirectory`` that belong to this home and to no copy of it: who gets hold of a backup must not be able
    /// to make another, and a restored home makes an access key of its own.
    static let secretsOfOneHome: Set<String> = [backupKeyName, credentialsName]
}
