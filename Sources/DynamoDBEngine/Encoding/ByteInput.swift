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
