extension JSONReader {
    /// Whether the number at the position has a point or an exponent.
    var isDecimal: Bool {
        var index = position
        while index < end {
            switch self[index] {
            case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): return true
            case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "0")...UInt8(ascii: "9"): index += 1
            default: return false
            }
        }
        return false
    }

    /// Consumes a number of JSON's grammar and returns its text.
    mutating func number() throws(DynamoDBError) -> UnsafeBufferPointer<UInt8> {
        let start = position
        if position < end, self[position] == UInt8(ascii: "-") { position += 1 }
        if position < end, self[position] == UInt8(ascii: "0") {
            position += 1
        } else {
            try digits()
        }
        if position < end, self[position] == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if position < end, self[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < end, self[position] == UInt8(ascii: "+") || self[position] == UInt8(ascii: "-") {
                position += 1
            }
            try digits()
        }
        return UnsafeBufferPointer(start: bytes.unsafelyUnwrapped + start, count: position - start)
    }

    private mutating func digits() throws(DynamoDBError) {
        let start = position
        while position < end, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self[position]) { position += 1 }
        if position == start { throw malformed("expected a digit") }
    }

    /// Whether a number is next.
    mutating func isNumberNext() throws(DynamoDBError) -> Bool {
        switch try peek() {
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }
}

extension Int: JSONCodable {
    package static var isPlain: Bool { true }

    /// Reads an integer. A fraction is cut off, as AWS does.
    package init(json: inout JSONReader) throws(DynamoDBError) {
        guard try json.isNumberNext() else { throw json.mismatch("Integer") }
        let text = String(decoding: try json.number(), as: UTF8.self)
        if let value = Int(text) {
            self = value
        } else if let decimal = Double(text), let value = Int(exactly: decimal.rounded(.towardZero)) {
            self = value
        } else {
            throw json.malformed("the integer \(text) is out of range")
        }
    }

    package func write(to json: inout JSONWriter) {
        json.integer(self)
    }
}

extension Double: JSONCodable {
    package init(json: inout JSONReader) throws(DynamoDBError) {
        guard try json.isNumberNext() else { throw json.mismatch("Double") }
        let text = String(decoding: try json.number(), as: UTF8.self)
        guard let value = Double(text), value.isFinite else {
            throw json.malformed("the number \(text) is out of range")
        }
        self = value
    }

    /// Appends a finite number; JSON has no form for others, and they become `null`.
    package func write(to json: inout JSONWriter) {
        json.raw(isFinite ? description : "null")
    }
}

extension Bool: JSONCodable {
    package init(json: inout JSONReader) throws(DynamoDBError) {
        switch try json.peek() {
        case UInt8(ascii: "t"):
            try json.literal("true")
            self = true
        case UInt8(ascii: "f"):
            try json.literal("false")
            self = false
        default:
            throw json.mismatch("Boolean")
        }
    }

    package func write(to json: inout JSONWriter) {
        json.raw(self ? "true" : "false")
    }
}
