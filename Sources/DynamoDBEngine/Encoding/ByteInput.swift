/// A place in bytes that are read front to back.
///
/// Stored bytes are checked as they are read: damage gives ``StoredDataError``, never a crash.
struct ByteInput {
    private let base: UnsafeRawBufferPointer
    private(set) var offset: Int
    let end: Int

    init(_ bytes: UnsafeRawBufferPointer) {
        base = bytes
        offset = 0
        end = bytes.count
    }

    private init(_ base: UnsafeRawBufferPointer, from offset: Int, to end: Int) {
        self.base = base
        self.offset = offset
        self.end = end
    }

    var isAtEnd: Bool { offset == end }

    mutating func byte() throws(StoredDataError) -> UInt8 {
        guard offset < end else { throw .truncated }
        defer { offset += 1 }
        return base[offset]
    }

    mutating func varint() throws(StoredDataError) -> Int {
        var result: UInt = 0
        var shift: UInt = 0
        while true {
            let next = try byte()
            guard shift < 63 else { throw .malformed }
            result |= UInt(next & 0x7F) << shift
            if next < 0x80 { break }
            shift += 7
        }
        return Int(bitPattern: result)
    }

    mutating func littleEndian32() throws(StoredDataError) -> Int {
        let bytes = try take(4)
        return Int(UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self)))
    }

    /// The next `count` bytes.
    mutating func take(_ count: Int) throws(StoredDataError) -> UnsafeRawBufferPointer {
        guard count >= 0, count <= end - offset else { throw .truncated }
        defer { offset += count }
        return UnsafeRawBufferPointer(rebasing: base[offset..<offset + count])
    }

    /// The bytes that follow a count.
    mutating func counted() throws(StoredDataError) -> UnsafeRawBufferPointer {
        try take(try varint())
    }

    mutating func countedString() throws(StoredDataError) -> String {
        String(decoding: try counted(), as: UTF8.self)
    }

    /// The bytes from `start` up to here.
    func bytes(since start: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: base[start..<offset])
    }

    /// A reader of the next `count` bytes, which this one skips.
    mutating func nested(_ count: Int) throws(StoredDataError) -> ByteInput {
        guard count >= 0, count <= end - offset else { throw .truncated }
        defer { offset += count }
        return ByteInput(base, from: offset, to: offset + count)
    }
}

/// Appending of the integers that keys and values are made of.
extension [UInt8] {
    mutating func append(bigEndian value: UInt32) {
        append(UInt8(truncatingIfNeeded: value >> 24))
        append(UInt8(truncatingIfNeeded: value >> 16))
        append(UInt8(truncatingIfNeeded: value >> 8))
        append(UInt8(truncatingIfNeeded: value))
    }

    mutating func append(bigEndian value: UInt64) {
        append(bigEndian: UInt32(truncatingIfNeeded: value >> 32))
        append(bigEndian: UInt32(truncatingIfNeeded: value))
    }

    /// Seven bits a byte, lowest first; the high bit says that more follow.
    mutating func append(varint value: Int) {
        var rest = UInt(value)
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    /// Appends the UTF-8 bytes after their count.
    mutating func append(counted string: String) {
        var string = string
        string.withUTF8 { bytes in
            append(varint: bytes.count)
            append(contentsOf: bytes)
        }
    }

    /// Appends the bytes after their count.
    mutating func append(counted bytes: [UInt8]) {
        append(varint: bytes.count)
        append(contentsOf: bytes)
    }
}

/// Stored bytes that this version cannot have written.
enum StoredDataError: Error {
    /// The bytes end in the middle of a value.
    case truncated
    /// A tag or a count that does not exist.
    case malformed
    /// Written by a newer version, in a format that this one does not know.
    case unknownVersion
}
