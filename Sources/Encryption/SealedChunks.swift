internal import Crypto
internal import FoundationEssentials

/// A stream that is encrypted and authenticated in chunks, so that it can be written and read with little memory.
///
/// ```
/// stream = header chunk+
/// header = "MIYABIS1" key id(8) salt(32)
/// chunk  = AES-256-GCM of 64 KiB, the last of at most as many, then its tag(16)
/// ```
/// Each stream has a key of its own: HKDF-SHA256 of the master key with the salt, the header and what the stream is. So a header
/// that was changed, a chunk of another stream, or a stream in another's place opens with no key. A chunk's nonce is its
/// number and whether it is the last: none can be left out, doubled, moved, or cut off.
public enum SealedChunks {
    static let magic = Array("MIYABIS1".utf8)
    static let saltLength = 32
    static let tagLength = 16
    /// Bytes before the first chunk.
    public static let headerLength = magic.count + 8 + saltLength
    /// Bytes of data in each chunk but the last.
    public static let chunkLength = 64 << 10
    static var sealedChunkLength: Int { chunkLength + tagLength }

    /// Whether bytes are the beginning of such a stream.
    public static func isHeader(_ bytes: some Collection<UInt8>) -> Bool { bytes.starts(with: magic) }

    /// The number of chunks in a stream of so many bytes; nil where no stream is so long.
    static func count(ofSealed length: Int) -> Int? {
        let body = length - headerLength
        guard body >= tagLength else { return nil }
        let count = (body + sealedChunkLength - 1) / sealedChunkLength
        return body - (count - 1) * sealedChunkLength >= tagLength ? count : nil
    }

    static func nonce(_ index: Int, isLast: Bool) throws(SealedError) -> AES.GCM.Nonce {
        var bytes = [UInt8](repeating: 0, count: 12)
        for position in 0..<8 { bytes[3 + position] = UInt8(truncatingIfNeeded: index >> (56 - 8 * position)) }
        bytes[11] = isLast ? 1 : 0
        do { return try AES.GCM.Nonce(data: bytes) } catch { throw .damaged("it cannot be opened") }
    }

    static func key(_ master: MasterKey, header: [UInt8], context: String) -> SymmetricKey {
        master.key(for: "sealed stream \(context)", salt: header)
    }
}

/// Encrypts one stream.
public struct ChunkSealer {
    /// What comes before the first chunk.
    public let header: [UInt8]
    private let key: SymmetricKey
    private var index = 0

    /// - Parameter context: what the stream is; whoever opens it has to expect the same.
    public init(_ master: MasterKey, context: String) {
        var generator = SystemRandomNumberGenerator()
        let salt = (0..<SealedChunks.saltLength).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        header = SealedChunks.magic + master.idBytes + salt
        key = SealedChunks.key(master, header: header, context: context)
    }

    /// Seals the next chunk: ``SealedChunks/chunkLength`` bytes, or fewer if it is the last.
    public mutating func seal(_ bytes: some Sequence<UInt8>, isLast: Bool) throws(SealedError) -> [UInt8] {
        let nonce = try SealedChunks.nonce(index, isLast: isLast)
        index += 1
        do {
            let box = try AES.GCM.seal(Data(bytes), using: key, nonce: nonce)
            return Array(box.ciphertext) + Array(box.tag)
        } catch {
            throw .damaged("it cannot be sealed")
        }
    }
}

/// Decrypts one stream.
public struct ChunkOpener: Sendable {
    private let key: SymmetricKey

    /// - Parameter header: the first ``SealedChunks/headerLength`` bytes.
    /// - Throws: ``SealedError`` where they are no header, or of a key that is not among these.
    public init(_ keys: MasterKeys, header: [UInt8], context: String) throws(SealedError) {
        guard header.count == SealedChunks.headerLength, SealedChunks.isHeader(header) else {
            throw .damaged("it is not sealed")
        }
        let id = header[SealedChunks.magic.count..<(SealedChunks.magic.count + 8)]
        guard let master = keys.all.first(where: { $0.idBytes.elementsEqual(id) }) else { throw .unknownKey }
        key = SealedChunks.key(master, header: header, context: context)
    }

    /// Opens a chunk.
    ///
    /// - Throws: ``SealedError`` unless it is this chunk of this stream, unchanged.
    public func open(_ bytes: some Collection<UInt8>, index: Int, isLast: Bool) throws(SealedError) -> [UInt8] {
        guard bytes.count >= SealedChunks.tagLength else { throw .damaged("it is cut off") }
        let nonce = try SealedChunks.nonce(index, isLast: isLast)
        do {
            let box = try AES.GCM.SealedBox(
                nonce: nonce, ciphertext: Data(bytes.dropLast(SealedChunks.tagLength)),
                tag: Data(bytes.suffix(SealedChunks.tagLength)))
            return Array(try AES.GCM.open(box, using: key))
        } catch {
            throw .damaged("part \(index) of it was changed, moved or cut off")
        }
    }
}

/// Why something sealed cannot be opened.
public enum SealedError: Error, Sendable, Equatable, CustomStringConvertible {
    /// It is not what was sealed.
    case damaged(String)
    /// It was sealed with a key that is not here.
    case unknownKey
    /// A system call failed: what was tried, and why not.
    case system(String, errno: Int32)

    /// A clause without a subject's name; it names no key.
    public var description: String {
        switch self {
        case .damaged(let what): what
        case .unknownKey: "it is encrypted with a key that is not here"
        case .system(let what, _): what
        }
    }
}
