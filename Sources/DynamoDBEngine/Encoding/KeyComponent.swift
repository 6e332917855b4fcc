internal import DynamoDB

/// Order-preserving, self-delimiting encoding of one key attribute's value.
///
/// The byte order of encodings is the order of values: numbers by magnitude, strings by UTF-8 bytes, binary by
/// unsigned bytes. No encoding is a prefix of another of the same type, so that components can be concatenated.
/// Strings and binary escape 0x00 as 00 FF and end with 00 00; numbers: see `DecimalNumber.appendOrdered(to:)`.
extension [UInt8] {
    /// Appends a key attribute's value.
    ///
    /// - Precondition: the value is a string, a number or binary, as validated before.
    mutating func append(keyComponent value: AttributeValue) {
        switch value {
        case .string(var string):
            string.withUTF8 { append(escaped: UnsafeRawBufferPointer($0)) }
            append(contentsOf: [0, 0])
        case .binary(let bytes):
            bytes.withUnsafeBytes { append(escaped: $0) }
            append(contentsOf: [0, 0])
        case .number(let number):
            number.appendOrdered(to: &self)
        default:
            preconditionFailure("A key attribute is a string, a number or binary")
        }
    }

    /// Appends what the encodings of all strings or binaries beginning with `value` have in common.
    mutating func append(keyComponentPrefix value: AttributeValue) {
        switch value {
        case .string(var string): string.withUTF8 { append(escaped: UnsafeRawBufferPointer($0)) }
        case .binary(let bytes): bytes.withUnsafeBytes { append(escaped: $0) }
        default: preconditionFailure("begins_with takes a string or binary")
        }
    }

    private mutating func append(escaped bytes: UnsafeRawBufferPointer) {
        guard bytes.contains(0) else {
            append(contentsOf: bytes)
            return
        }
        for byte in bytes {
            append(byte)
            if byte == 0 { append(0xFF) }
        }
    }
}
