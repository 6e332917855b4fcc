internal import Crypto
internal import FoundationEssentials

/// The keys that a directory's files are encrypted with, each wrapped by a master key; the text of the directory's file
/// `data-keys`.
///
/// ```
/// miyabi-data-keys 1
/// id made-at master-key-id wrapped-key     the current one first
/// ```
/// Wrapped is: AES-256-GCM with a key derived from the master key; the other words of the line are authenticated with it.
public struct DataKeys: Sendable, Equatable {
    /// A data key as it is kept.
    public struct Entry: Sendable, Equatable {
        /// What its files name it by: 32 hexadecimal digits.
        public let id: String
        /// Seconds since 1970.
        public let madeAt: Int
        /// The master key that unwraps it.
        public let masterID: String
        let wrapped: [UInt8]

        var associated: [UInt8] { Array("\(id) \(madeAt) \(masterID)".utf8) }
    }

    /// A data key that can be used. It is a secret.
    public struct Secret: Sendable {
        /// The sixteen bytes of its name.
        public let id: [UInt8]
        /// The 32 bytes of the key.
        public let bytes: [UInt8]
    }

    /// All keys; what is written from now on is encrypted with the first.
    public private(set) var entries: [Entry]

    private static let header = "miyabi-data-keys 1"
    private static let purpose = "data keys"

    /// A first key.
    public init(wrappedBy master: MasterKey, at time: Int) throws(DataKeysError) {
        entries = []
        try addKey(wrappedBy: master, at: time)
    }

    /// Makes a new key the one for new files.
    public mutating func addKey(wrappedBy master: MasterKey, at time: Int) throws(DataKeysError) {
        var generator = SystemRandomNumberGenerator()
        let random = { (count: Int) in (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) } }
        let (id, bytes) = (random(16), random(32))
        entries.insert(try Self.wrap(bytes, id: id.hexDigits, madeAt: time, master), at: 0)
    }

    private static func wrap(
        _ bytes: [UInt8], id: String, madeAt: Int, _ master: MasterKey
    ) throws(DataKeysError) -> Entry {
        let bare = Entry(id: id, madeAt: madeAt, masterID: master.id, wrapped: [])
        do {
            let box = try AES.GCM.seal(
                Data(bytes), using: master.key(for: purpose), authenticating: Data(bare.associated))
            return Entry(id: id, madeAt: madeAt, masterID: master.id, wrapped: Array(box.combined ?? Data()))
        } catch {
            throw .damaged("a key cannot be wrapped")
        }
    }

    /// Reads the text of a file.
    public init(text: String) throws(DataKeysError) {
        let lines = text.split(separator: "\n")
        guard lines.first.map(String.init) == Self.header else {
            throw .damaged("it does not begin with `\(Self.header)`")
        }
        entries = []
        for line in lines.dropFirst() {
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 4, let id = [UInt8](hexDigits: words[0]), id.count == 16, let time = Int(words[1]),
                let wrapped = [UInt8](hexDigits: words[3])
            else { throw .damaged("a line of it is not as it should be") }
            entries.append(Entry(id: words[0], madeAt: time, masterID: words[2], wrapped: wrapped))
        }
        guard !entries.isEmpty else { throw .damaged("it holds no key") }
    }

    /// What ``init(text:)`` reads. Without the master key it is of no use.
    public var text: String {
        let lines = entries.map { "\($0.id) \($0.madeAt) \($0.masterID) \($0.wrapped.hexDigits)" }
        return ([Self.header] + lines).joined(separator: "\n") + "\n"
    }

    /// The keys, the current one first.
    ///
    /// - Throws: ``DataKeysError/masterMissing(id:)`` where the master key of one is not among these.
    public func secrets(_ masters: MasterKeys) throws(DataKeysError) -> [Secret] {
        var secrets: [Secret] = []
        for entry in entries {
            guard let master = masters[entry.masterID] else { throw .masterMissing(id: entry.masterID) }
            do {
                let bytes = try AES.GCM.open(
                    AES.GCM.SealedBox(combined: Data(entry.wrapped)), using: master.key(for: Self.purpose),
                    authenticating: Data(entry.associated))
                guard bytes.count == 32, let id = [UInt8](hexDigits: entry.id) else {
                    throw DataKeysError.damaged("a key of it has the wrong length")
                }
                secrets.append(Secret(id: id, bytes: Array(bytes)))
            } catch {
                throw .damaged("the key \(entry.id) in it was changed")
            }
        }
        return secrets
    }

    /// The same keys, all wrapped by the current master key.
    public func rewrapped(_ masters: MasterKeys) throws(DataKeysError) -> DataKeys {
        var keys = self
        keys.entries = []
        for (entry, secret) in zip(entries, try secrets(masters)) {
            keys.entries.append(
                try Self.wrap(secret.bytes, id: entry.id, madeAt: entry.madeAt, masters.current))
        }
        return keys
    }

    /// Forgets keys that no file uses any more; never the current one.
    public mutating func removeKeys(_ ids: Set<String>) {
        entries = entries.enumerated().filter { $0.offset == 0 || !ids.contains($0.element.id) }.map(\.element)
    }
}

/// Why the keys of a directory cannot be used.
public enum DataKeysError: Error, Sendable, Equatable {
    /// They are wrapped by a master key that is not here.
    case masterMissing(id: String)
    /// What is wrong with the file.
    case damaged(String)
}

extension [UInt8] {
    var hexDigits: String { map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }

    init?(hexDigits text: String) {
        let digits = Array(text.utf8)
        guard digits.count % 2 == 0 else { return nil }
        self = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            let pair = digits[index..<(index + 2)]
            guard pair.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }),
                let byte = UInt8(String(decoding: pair, as: UTF8.self), radix: 16)
            else { return nil }
            append(byte)
        }
    }
}
