extension JSONReader {
    /// A constraint that an input breaks.
    struct Violation {
        /// The value at fault, as AWS quotes it: `null`, or in quotation marks.
        let value: String
        /// What the value would have to satisfy.
        let constraint: String
        /// The path from the document's root, completed on the way up.
        var path: String
    }

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

    /// Notes a broken constraint and returns the error to throw; the path is completed on the way up.
    mutating func violated(_ constraint: String, value: String, path: String = "") -> DynamoDBError {
        violation = Violation(value: value, constraint: constraint, path: path)
        return .validation(constraint)
    }

    /// A member that must be there is not.
    mutating func missing(_ name: StaticString) -> DynamoDBError {
        let key = JSONKey(bytes: .init(start: name.utf8Start, count: name.utf8CodeUnitCount), unescaped: nil)
        return violated("Member must not be null", value: "null", path: key.pathStep)
    }

    /// Puts a step before the path of the constraint that is on its way up.
    mutating func extendPath(_ step: @autoclosure () -> String) {
        guard let path = violation?.path else { return }
        violation?.path = path.isEmpty ? step() : "\(step()).\(path)"
    }

    /// The error with AWS's sentence for the constraint that was broken, if that is what happened.
    func explained(_ error: DynamoDBError) -> DynamoDBError {
        guard let violation else { return error }
        return .validation(
            "1 validation error detected: Value \(violation.value) at '\(violation.path)' "
                + "failed to satisfy constraint: \(violation.constraint)")
    }
}
