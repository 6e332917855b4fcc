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
