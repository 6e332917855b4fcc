import CZlib

/// Decompresses gzip as it comes; several members in a row, as `cat a.gz b.gz` makes them, are one text.
final class GzipInflater {
    /// How gzip begins (RFC 1952).
    static let magic: [UInt8] = [0x1F, 0x8B]

    private let name: String
    private var stream = z_stream()
    private var input: [UInt8] = []
    private var consumed = 0
    private var isBetweenMembers = false
    private var output = [UInt8](repeating: 0, count: 256 * 1024)

    /// - Parameter name: The file's name, for errors.
    init(name: String) throws(ImportError) {
        self.name = name
        // 15: the largest window; 16: gzip and nothing else.
        let result = inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
        guard result == Z_OK else { throw ImportError(.damagedGzip, "zlib could not start (\(result))") }
    }

    deinit {
        inflateEnd(&stream)
    }

    /// Hands in compressed bytes; all earlier ones must have been taken out by ``next()``.
    func feed(_ bytes: [UInt8]) {
        input = bytes
        consumed = 0
    }

    /// The next decompressed bytes; nil when more input is needed.
    func next() throws(ImportError) -> [UInt8]? {
        while consumed < input.count || stream.avail_out == 0 && stream.next_out != nil {
            if isBetweenMembers {
                guard consumed < input.count else { return nil }
                inflateReset(&stream)
                isBetweenMembers = false
            }
            let (result, produced) = step()
            switch result {
            case Z_OK, Z_BUF_ERROR: break
            case Z_STREAM_END: isBetweenMembers = true
            default:
                let reason = stream.msg.map { String(cString: $0) } ?? "error \(result)"
                throw ImportError(.damagedGzip, "\(name) is damaged gzip: \(reason)")
            }
            if produced > 0 { return Array(output[..<produced]) }
            if result == Z_BUF_ERROR { return nil }
        }
        return nil
    }

    /// Checks, at the end of the file, that the last member is complete.
    func finish() throws(ImportError) {
        guard isBetweenMembers else { throw ImportError(.damagedGzip, "\(name) ends in the middle of its gzip data") }
    }

    private func step() -> (result: CInt, produced: Int) {
        input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress.map { $0 + consumed }
                stream.avail_in = CUnsignedInt(input.count - consumed)
                stream.next_out = output.baseAddress
                stream.avail_out = CUnsignedInt(output.count)
                let result = inflate(&stream, Z_NO_FLUSH)
                consumed = input.count - Int(stream.avail_in)
                return (result, output.count - Int(stream.avail_out))
            }
        }
    }
}
