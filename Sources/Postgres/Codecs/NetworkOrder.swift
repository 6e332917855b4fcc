// Integers in network byte order, as all of PostgreSQL's binary representations hold them.

extension [UInt8] {
    /// Appends an integer in network byte order.
    mutating func appendInteger(_ value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }

    /// Overwrites four bytes, for instance with a length that is known only afterwards.
    mutating func replaceInt32(at offset: Int, with value: Int32) {
        Swift.withUnsafeBytes(of: value.bigEndian) { bytes in
            for (index, byte) in bytes.enumerated() { self[offset + index] = byte }
        }
    }
}

extension RawSpan {
    /// Reads an integer in network byte order.
    /// - Throws: `PostgresDecodingFailure.malformed` when the span ends before the integer does.
    func integer<T: FixedWidthInteger & BitwiseCopyable>(at offset: Int = 0, as type: T.Type = T.self) throws -> T {
        guard offset >= 0, offset + MemoryLayout<T>.size <= byteCount else {
            throw PostgresDecodingFailure.malformed("the value ends too early")
        }
        return T(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: T.self))
    }

    /// Checks the length of a fixed-size value.
    func requireLength(_ length: Int) throws {
        guard byteCount == length else {
            throw PostgresDecodingFailure.malformed("\(byteCount) bytes instead of \(length)")
        }
    }

    /// A copy of the bytes.
    var bytes: [UInt8] { withUnsafeBytes { Array($0) } }
}
