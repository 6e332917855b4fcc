/// Writes numbers and texts into bytes, small ones into few.
struct ByteWriter {
    var bytes: [UInt8] = []

    mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    mutating func varint(_ value: Int) { varint(UInt64(bitPattern: Int64(value))) }

    mutating func double(_ value: Double) { fixed(value.bitPattern) }

    mutating func fixed<Number: FixedWidthInteger>(_ value: Number) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func text(_ text: String) {
        varint(text.utf8.count)
        bytes += text.utf8
    }
}

/// Reads what ``ByteWriter`` has written; anything else is an error, never a trap.
struct ByteReader {
    struct Malformed: Error {}

    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func byte() throws(Malformed) -> UInt8 {
        guard let byte = rest.popFirst() else { throw Malformed() }
        return byte
    }

    mutating func varint() throws(Malformed) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            let byte = try byte()
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw Malformed()
    }

    /// A number of things that each take a byte at least.
    mutating func count() throws(Malformed) -> Int {
        let count = try varint()
        guard count <= UInt64(rest.count) else { throw Malformed() }
        return Int(count)
    }

    mutating func double() throws(Malformed) -> Double { Double(bitPattern: try fixed()) }

    mutating func fixed<Number: FixedWidthInteger>() throws(Malformed) -> Number {
        let size = MemoryLayout<Number>.size
        guard rest.count >= size else { throw Malformed() }
        var value: Number = 0
        for (place, byte) in rest.prefix(size).enumerated() { value |= Number(truncatingIfNeeded: byte) << (8 * place) }
        rest = rest.dropFirst(size)
        return value
    }

    mutating func text() throws(Malformed) -> String {
        let count = try count()
        defer { rest = rest.dropFirst(count) }
        return String(decoding: rest.prefix(count), as: UTF8.self)
    }
}
