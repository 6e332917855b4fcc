public import Crypto
internal import FoundationEssentials

/// A key of 256 random bits from which all others come: whoever has it can read what a home or an engine's directory has
/// encrypted, and backups of it; whoever has lost it cannot.
///
/// It is written as a line, `miyabi-master-key 1 ` and the bytes in base64. The line of an older home's key of backups,
/// `miyabi-backup-key 1 …`, is one too.
public struct MasterKey: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    private enum Form: String, Sendable, CaseIterable {
        case master = "miyabi-master-key 1 "
        /// Of homes that had a key for the seals of backups only.
        case backup = "miyabi-backup-key 1 "
    }

    private let form: Form
    private let bytes: [UInt8]
    private static let count = 32

    /// A new key.
    public init() {
        var generator = SystemRandomNumberGenerator()
        form = .master
        bytes = (0..<Self.count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// Reads a key's line; nil where it is none.
    init?(line: some StringProtocol) {
        guard let form = Form.allCases.first(where: { line.hasPrefix($0.rawValue) }),
            let data = Data(base64Encoded: String(line.dropFirst(form.rawValue.count))), data.count == Self.count
        else { return nil }
        self.form = form
        bytes = Array(data)
    }

    /// The key's line, which is a secret.
    public var line: String { form.rawValue + Data(bytes).base64EncodedString() }

    /// Sixteen hexadecimal digits that tell keys apart; they say nothing of the key itself.
    public var id: String { idBytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }

    var idBytes: [UInt8] { Array(SHA256.hash(data: Array(form.rawValue.utf8) + bytes).prefix(8)) }

    /// The key for one purpose, of which neither this one nor that of another purpose can be found.
    public func key(for purpose: String, salt: [UInt8] = []) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: bytes), salt: salt, info: Array("miyabi 1 \(purpose)".utf8),
            outputByteCount: 32)
    }

    /// The key that seals descriptions of backups.
    public var sealKey: SymmetricKey {
        switch form {
        case .master: key(for: "backup seal")
        // As older versions did.
        case .backup: SymmetricKey(data: bytes)
        }
    }

    /// The name that it goes by.
    public var description: String { id }
    /// Shows nothing, so that `dump` is safe.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The key in use, and those that were before it and still open what they have encrypted.
public struct MasterKeys: Sendable, Equatable {
    /// What new data is encrypted with.
    public let current: MasterKey
    /// Those from before, newest first.
    public let earlier: [MasterKey]

    /// All of them, the current one first.
    public var all: [MasterKey] { [current] + earlier }

    /// One key and those from before.
    public init(current: MasterKey, earlier: [MasterKey] = []) {
        self.current = current
        self.earlier = earlier.filter { $0 != current }
    }

    /// Reads keys, one a line, the current one first. Empty lines and those that begin with `#` are none.
    ///
    /// - Throws: ``MasterKeyError`` for text that holds no key, or anything else.
    public init(text: String) throws(MasterKeyError) {
        var keys: [MasterKey] = []
        for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
            guard let key = MasterKey(line: line) else { throw .malformed }
            keys.append(key)
        }
        guard let first = keys.first else { throw .malformed }
        self.init(current: first, earlier: Array(keys.dropFirst()))
    }

    /// What ``init(text:)`` reads. It is a secret.
    public var text: String {
        """
        # The key of encrypted data and backups; without it they cannot be read. Lines after the first are older keys.
        \(all.map(\.line).joined(separator: "\n"))

        """
    }

    /// The key of that name.
    public subscript(id: String) -> MasterKey? { all.first { $0.id == id } }

    /// These keys with more to open old data with.
    public func adding(_ others: [MasterKey]) -> MasterKeys {
        MasterKeys(current: current, earlier: all.dropFirst() + others.filter { !all.contains($0) })
    }
}

/// Why a text is no key. It never shows the text.
public enum MasterKeyError: Error, Sendable, CustomStringConvertible {
    case malformed

    /// A sentence.
    public var description: String {
        "the text is no key: a line must be `miyabi-master-key 1 ` and 44 characters of base64"
    }
}
