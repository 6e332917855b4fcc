internal import CZlib

/// Compression of bodies, as `Content-Encoding: gzip` names it.
enum Gzip {
    /// Why bytes cannot be decompressed.
    enum Fault: Error {
        case damaged
        /// There would be more than was allowed.
        case tooLarge
    }

    /// Compresses bytes, fast rather than small.
    static func compress(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        // 15: the largest window; 16: gzip's frame.
        let result = deflateInit2_(
            &stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            CInt(MemoryLayout<z_stream>.size))
        precondition(result == Z_OK, "zlib has no memory")
        defer { deflateEnd(&stream) }
        let bound = Int(deflateBound(&stream, CUnsignedLong(bytes.count)))
        return [UInt8](unsafeUninitializedCapacity: bound) { output, count in
            bytes.withUnsafeBufferPointer { input in
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = CUnsignedInt(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = CUnsignedInt(output.count)
                _ = deflate(&stream, Z_FINISH)
            }
            count = output.count - Int(stream.avail_out)
        }
    }

    /// Decompresses one whole text of at most `limit` bytes.
    static func decompress(_ bytes: UnsafeRawBufferPointer, limit: Int) throws(Fault) -> [UInt8] {
        var stream = z_stream()
        let result = inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
        precondition(result == Z_OK, "zlib has no memory")
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
            if result == Z_STREAM_END, stream.avail_in == 0 { return text }
            guard result == Z_OK else { throw .damaged }
        }
    }
}
