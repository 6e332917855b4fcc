internal import CZlib

/// A way to compress bodies, by its name in `Content-Encoding` and `Accept-Encoding`. AWS knows these two.
///
/// What AWS does with odd values is recorded in ScyllaDB's tests, which run on AWS too: `test_compressed_request.py` and
/// `test_compressed_response.py` of scylladb/scylladb.
enum ContentCoding: String, CaseIterable, Sendable {
    case gzip
    /// Zlib's frame around the same data.
    case deflate

    /// Why bytes cannot be decompressed.
    enum Fault: Error {
        case damaged
        /// There would be more than was allowed.
        case tooLarge
        /// The coding is not known here, or there are more of them, one in the other, than anybody uses.
        case unknown
    }

    /// What zlib calls the largest window, and the frame.
    private var windowBits: CInt {
        switch self {
        case .gzip: 15 + 16
        case .deflate: 15
        }
    }

    /// Compresses bytes, fast rather than small.
    func compress(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        let result = deflateInit2_(
            &stream, Z_BEST_SPEED, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            CInt(MemoryLayout<z_stream>.size))
        precondition(result == Z_OK, "zlib is out of memory")
        defer { deflateEnd(&stream) }
        let bound = Int(deflateBound(&stream, CUnsignedLong(bytes.count)))
        return [UInt8](unsafeUninitializedCapacity: bound) { output, count in
            bytes.withUnsafeBufferPointer { input in
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = CUnsignedInt(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = CUnsignedInt(output.count)
                _ = CZlib.deflate(&stream, Z_FINISH)
            }
            count = output.count - Int(stream.avail_out)
        }
    }

    /// Decompresses a text of at most `limit` bytes. Several texts of gzip one after the other are one text; whatever
    /// else follows a text is passed over, as AWS does.
    func decompress(_ bytes: UnsafeRawBufferPointer, limit: Int) throws(Fault) -> [UInt8] {
        var stream = z_stream()
        let result = inflateInit2_(&stream, windowBits, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
        precondition(result == Z_OK, "zlib is out of memory")
        defer { inflateEnd(&stream) }
        stream.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
        stream.avail_in = CUnsignedInt(bytes.count)
        var text: [UInt8] = []
        var output = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let (result, produced) = output.withUnsafeMutableBufferPointer { output in
                stream.next_out = output.baseAddress
                stream.avail_out = CUnsignedInt(output.count)
                let result = inflate(&stream, Z_NO_FLUSH)
                return (result, output.count - Int(stream.avail_out))
            }
            guard text.count + produced <= limit else { throw .tooLarge }
            text += output[..<produced]
            if result == Z_STREAM_END {
                let rest = bytes.suffix(Int(stream.avail_in))
                guard self == .gzip, rest.starts(with: [0x1F, 0x8B]) else { return text }
                inflateReset(&stream)
            } else if result != Z_OK {
                throw .damaged
            }
        }
    }
}

// MARK: - Of requests

extension ContentCoding {
    /// The codings that a body went through, by the value of `Content-Encoding`, in the order in which they were applied.
    static func applied(_ header: some StringProtocol) throws(Fault) -> [ContentCoding] {
        var codings: [ContentCoding] = []
        for name in header.split(separator: ",").map({ $0.trimmed.lowercased() }) where name != "identity" {
            guard let coding = ContentCoding(rawValue: name), codings.count < 4 else { throw .unknown }
            codings.append(coding)
        }
        return codings
    }
}

// MARK: - Of responses

extension ContentCoding {
    /// Smaller bodies are sent as they are.
    static let threshold = 4096

    /// The coding for a response to a request with this value of `Accept-Encoding`; nil for none.
    ///
    /// The heaviest wins, the first of several. What is not named has the weight of `*`, and `identity` does not count.
    static func accepted(_ header: some StringProtocol) -> ContentCoding? {
        var best: (coding: ContentCoding, weight: Double)?
        var named: Set<ContentCoding> = []
        var weightOfOthers = 0.0
        for entry in header.split(separator: ",") {
            let name = entry.prefix { $0 != ";" }
            let weight = weight(entry[name.endIndex...].lowercased())
            switch name.trimmed.lowercased() {
            case "*": weightOfOthers = weight
            case let name:
                guard let coding = ContentCoding(rawValue: name) else { continue }
                named.insert(coding)
                if weight > best?.weight ?? 0 { best = (coding, weight) }
            }
        }
        if weightOfOthers > best?.weight ?? 0, let other = allCases.first(where: { !named.contains($0) }) {
            return other
        }
        return best?.coding
    }

    /// The weight in an entry's parameters: what follows the first `q=`, wherever it is; 1 if that is no number.
    private static func weight(_ parameters: String) -> Double {
        guard let mark = parameters.utf8.firstRange(of: "q=".utf8) else { return 1 }
        let text = parameters[mark.upperBound...].prefix { $0 != ";" }
        guard let weight = Double(String(text.trimmed)), !weight.isNaN else { return 1 }
        return min(max(weight, 0), 1)
    }
}

extension StringProtocol {
    /// Without the blanks around it.
    fileprivate var trimmed: SubSequence {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        let start = drop(while: isBlank).startIndex
        guard let last = self[start...].lastIndex(where: { !isBlank($0) }) else { return self[start..<start] }
        return self[start...last]
    }
}
