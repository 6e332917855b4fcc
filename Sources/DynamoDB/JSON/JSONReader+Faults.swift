extension JSONReader {
    /// The document is not JSON.
    func malformed(_ what: String) -> DynamoDBError {
        DynamoDBError(code: .serializationException, message: "Malformed JSON at byte \(position): \(what)")
    }

    /// The next value is well-formed, but of another type than `type`, named as in Java as AWS does.
    mutating func mismatch(_ type: StaticString) -> DynamoDBError {
        let message =
            switch position < end ? self[position] : 0 {
            case UInt8(ascii: "{"): "Start of structure or map found where not expected"
            case UInt8(ascii: "["): "Unrecognized collection type class java.lang.\(type)"
            case UInt8(ascii: "\""): "STRING_VALUE cannot be converted to \(type)"
            case UInt8(ascii: "t"): "TRUE_VALUE cannot be converted to \(type)"
            case UInt8(ascii: "f"): "FALSE_VALUE cannot be converted to \(type)"
            case UInt8(ascii: "n"): "NULL_VALUE cannot be converted to \(type)"
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                "\(isDecimal ? "DECIMAL" : "NUMBER")_VALUE cannot be converted to \(type)"
            default: "Malformed JSON at byte \(position): expected a value"
            }
        return DynamoDBError(code: .serializationException, message: message)
    }

    /// The next value should be an object or a list, and is not.
    func unexpectedContainer() -> DynamoDBError {
        let message =
            switch position < end ? self[position] : 0 {
            case UInt8(ascii: "{"): "Start of structure or map found where not expected"
            case UInt8(ascii: "["): "Unrecognized collection type"
            default: "Unexpected field type"
            }
        return DynamoDBError(code: .serializationException, message: message)
    }
}
