/// Reads JSON from bytes, value by value, in one pass.
///
/// It holds no copy of the bytes, nor the log of faults: it must not outlive them. Use `JSONCodable.init(jsonDocument:)` to stay safe.
/// Nothing recurses on the input's depth but attribute values, whose nesting DynamoDB limits to 32 levels.
package struct JSONReader {
    let bytes: UnsafePointer<UInt8>?
    let end: Int
    var position = 0
    /// How deep the attribute value being read is nested.
    var nesting = 0
    /// What is found wrong with the input.
    let log: UnsafeMutablePointer<FaultLog>

    init(_ buffer: UnsafeBufferPointer<UInt8>, log: UnsafeMutablePointer<FaultLog>) {
        bytes = buffer.baseAddress
        end = buffer.count
        self.log = log
    }

    /// The byte at an index below `end`.
    @inline(__always)
    subscript(index: Int) -> UInt8 { bytes.unsafelyUnwrapped[index] }

    /// Whether nothing but white space is left.
    var isAtEnd: Bool {
        mutating get {
            skipWhitespace()
            return position == end
        }
    }

    /// Checks that nothing but white space is left.
    mutating func finish() throws(DynamoDBError) {
        if !isAtEnd { throw malformed("unexpected text after the document") }
    }

    @inline(__always)
    mutating func skipWhitespace() {
        while position < end {
            switch self[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    /// The first byte of the next value or punctuation, after white space; it is not consumed.
    @inline(__always)
    mutating func peek() throws(DynamoDBError) -> UInt8 {
        // Compact JSON, the usual kind, has no white space at all.
        if position < end, self[position] > 0x20 { return self[position] }
        skipWhitespace()
        guard position < end else { throw malformed("unexpected end") }
        return self[position]
    }

    @inline(__always)
    mutating func expect(_ byte: UInt8) throws(DynamoDBError) {
        guard try peek() == byte else { throw malformed("expected '\(Character(UnicodeScalar(byte)))'") }
        position += 1
    }

    /// Consumes a literal: `true`, `false` or `null`.
    mutating func literal(_ text: StaticString) throws(DynamoDBError) {
        guard JSONKey(bytes: rest(text.utf8CodeUnitCount), unescaped: nil) == text else {
            throw malformed("expected '\(text)'")
        }
        position += text.utf8CodeUnitCount
    }

    private func rest(_ count: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: bytes.map { $0 + position }, count: min(count, end - position))
    }

    /// Consumes a `null` if one is next.
    @inline(__always)
    mutating func takeNull() throws(DynamoDBError) -> Bool {
        guard try peek() == UInt8(ascii: "n") else { return false }
        try literal("null")
        return true
    }

    /// Reads the next value as the type asked for.
    @inline(__always)
    package mutating func value<Value: JSONCodable>() throws(DynamoDBError) -> Value {
        try Value(json: &self)
    }
}
