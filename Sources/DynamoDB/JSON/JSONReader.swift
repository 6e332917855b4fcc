/// Reads JSON from bytes, value by value, in one pass.
///
/// It holds no copy of the bytes, nor the log of faults: it must not outlive them. Use
/// `JSONCodable.init(jsonDocument:)` to stay safe.
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

extension JSONReader {
    /// Reads an object for one member that must be there.
    mutating func soleMember<Value: JSONCodable>(_ name: StaticString) throws(DynamoDBError) -> Value {
        var value: Value?
        try members { json, key throws(DynamoDBError) in
            if key == name {
                value = try json.value()
            } else {
                try json.skip()
            }
        }
        guard let value else { throw violated(.missing, value: nil, at: name.description) }
        return value
    }

    /// Reads `ExpressionAttributeValues`, whose faults the older front introduces with the placeholder's name.
    mutating func placeholderValues() throws(DynamoDBError) -> [String: AttributeValue] {
        var values: [String: AttributeValue] = [:]
        let isWrapped = front?.isCurrent != true
        try object { json, key throws(DynamoDBError) in
            let name = try json.string(key)
            do throws(DynamoDBError) {
                values[name] = try json.value()
            } catch  where error.code == .validationException && isWrapped {
                throw .validation(
                    "ExpressionAttributeValues contains invalid value: \(error.message) for key \(name)")
            }
        }
        return values
    }
}

extension JSONReader {
    /// The deepest nesting of a value that is passed over.
    static let maximumSkippedDepth = 512

    /// Passes over the next value, checking that it is JSON. It does not recurse.
    ///
    /// - Returns: How many containers within each other it is made of.
    @discardableResult
    package mutating func skip() throws(DynamoDBError) -> Int {
        // One bit for each open container: set for an object.
        var open: [Bool] = []
        var depth = 0
        while true {
            switch try peek() {
            case UInt8(ascii: "{"):
                position += 1
                if try peek() == UInt8(ascii: "}") {
                    position += 1
                } else {
                    try descend(&open, isObject: true)
                    try memberName()
                    continue
                }
            case UInt8(ascii: "["):
                position += 1
                if try peek() == UInt8(ascii: "]") {
                    position += 1
                } else {
                    try descend(&open, isObject: false)
                    continue
                }
            case UInt8(ascii: "\""): _ = try string()
            case UInt8(ascii: "t"): try literal("true")
            case UInt8(ascii: "f"): try literal("false")
            case UInt8(ascii: "n"): try literal("null")
            default:
                guard try isNumberNext() else { throw malformed("expected a value") }
                _ = try number()
            }
            depth = max(depth, open.count)
            guard try ascend(&open) else { return depth }
        }
    }

    /// Goes on after a value: to the next one beside it, or out of the containers that end. False when all have ended.
    private mutating func ascend(_ open: inout [Bool]) throws(DynamoDBError) -> Bool {
        while let isObject = open.last {
            let byte = try peek()
            if byte == UInt8(ascii: ",") {
                position += 1
                if isObject { try memberName() }
                return true
            }
            guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                throw malformed("expected ',' or the container's end")
            }
            position += 1
            open.removeLast()
        }
        return false
    }

    private func descend(_ open: inout [Bool], isObject: Bool) throws(DynamoDBError) {
        guard open.count < JSONReader.maximumSkippedDepth else { throw malformed("nested too deeply") }
        open.append(isObject)
    }

    private mutating func memberName() throws(DynamoDBError) {
        _ = try string(try key())
        try expect(UInt8(ascii: ":"))
    }
}

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
