import Crypto
public import Encryption
import FoundationEssentials
import MiyabiHome
import MiyabiSystem

/// What a backup has to show before anything of it is used.
public enum BackupTrust: Sendable {
    /// The seal of one of these keys.
    case key(MasterKeys)
    /// Nothing: the person knows where it comes from. The keys, if there are any, open what is encrypted.
    case anything(MasterKeys?)

    /// What opens what is encrypted.
    public var keys: MasterKeys? {
        switch self {
        case .key(let keys): keys
        case .anything(let keys): keys
        }
    }
}

/// The seal of a backup: a line in a file beside its description, which shows that the holder of a key wrote that, and with it
/// the checksums of all files.
struct BackupSeal {
    private static let header = "miyabi-backup-seal 1 "

    /// The seal's text.
    let text: String

    /// Seals a description.
    init(_ description: String, _ key: MasterKey) {
        let code = HMAC<SHA256>.authenticationCode(for: Array(description.utf8), using: key.sealKey)
        text = "\(Self.header)\(key.id) \(Array(code).hex)\n"
    }

    /// Refuses a description that was not written with one of the keys, or was changed since.
    ///
    /// - Parameters:
    ///   - seal: the text of its seal; nil if it has none.
    ///   - backup: the backup, for the message.
    static func check(
        _ seal: String?, of description: String, _ keys: MasterKeys, of backup: Backup
    ) throws(OperationsError) {
        guard let seal, seal.hasPrefix(header) else {
            throw OperationsError(
                .backup, "nothing shows who made the backup \(backup.name): it has no seal", advice: trustAdvice)
        }
        let id = seal.dropFirst(header.count).prefix { $0 != " " }
        guard let key = keys[String(id)] else {
            throw OperationsError(
                .backup, "the backup \(backup.name) was made with another key than \(keys.current.id)",
                advice: "Name the key's file with --key: secrets/master-key of \(backup.home), or your copy of it.")
        }
        guard seal == BackupSeal(description, key).text else {
            throw OperationsError(
                .backup, "the backup \(backup.name) was changed since it was made: its seal does not match")
        }
    }

    private static let trustAdvice =
        "If you know where it comes from: --trust. A backup that somebody else made can run programs as PostgreSQL's account."
}
