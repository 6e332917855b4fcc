extension AttributeValue: JSONCodable {
    package static var isPlain: Bool { true }

    /// The deepest nesting of a value, counting the attribute itself.
    package static let maximumNesting = 32

    package init(json: inout JSONReader) throws(DynamoDBError) {
        json.nesting += 1
        guard json.nesting <= AttributeValue.maximumNesting else {
            throw .validation(
                "Nesting Levels have exceeded supported limits: "
                    + "Attributes in the item have nested levels beyond supported limit")
        }
        var value: AttributeValue?
        var count = 0
        try json.object { json, key throws(DynamoDBError) in
            if try json.takeNull() { return }
            if let read = try AttributeValue.read(key, &json) {
                value = read
                count += 1
            } else {
                try json.skip()
            }
        }
        guard let value else {
            throw .validation(
                "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")
        }
        guard count == 1 else {
            throw .validation(
                "Supplied AttributeValue has more than one datatypes set, "
                    + "must contain exactly one of the supported datatypes")
        }
        json.nesting -= 1
        self = value
    }

    /// Reads the value of a type's name; nil for a name that is no type.
    private static func read(_ key: JSONKey, _ json: inout JSONReader) throws(DynamoDBError) -> AttributeValue? {
        switch key {
        case "S": return .string(try json.string())
        case "N": return .number(try json.value())
        case "B": return .binary(try json.binary())
        case "BOOL": return .bool(try json.value())
        case "NULL":
            guard try json.value() as Bool else {
                throw invalidParameter("Null attribute value types must have the value of true")
            }
            return .null
        case "L": return .list(try json.value())
        case "M": return .map(try json.value())
        case "SS": return .stringSet(try stringSet(&json))
        case "NS": return .numberSet(try numberSet(&json))
        case "BS": return .binarySet(try binarySet(&json))
        default: return nil
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            switch self {
            case .string(let text): json.member("S", text)
            case .number(let number): json.member("N", number)
            case .binary(let bytes): json.member("B", JSONBinary(bytes: bytes))
            case .bool(let flag): json.member("BOOL", flag)
            case .null: json.member("NULL", true)
            case .list(let values): json.member("L", values)
            case .map(let members): json.member("M", members)
            case .stringSet(let texts): json.member("SS", texts.sorted())
            case .numberSet(let numbers): json.member("NS", numbers.sorted())
            case .binarySet(let values):
                json.member("BS", values.sorted { $0.lexicographicallyPrecedes($1) }.map(JSONBinary.init))
            }
        }
    }
}

extension AttributeValue {
    private static func invalidParameter(_ what: String) -> DynamoDBError {
        .validation("One or more parameter values were invalid: \(what)")
    }

    private static func stringSet(_ json: inout JSONReader) throws(DynamoDBError) -> StringSet {
        let texts: [String] = try json.value()
        let set = StringSet(texts)
        if set.isEmpty { throw invalidParameter("An string set  may not be empty") }
        if set.count < texts.count { throw json.duplicates(in: texts) }
        return set
    }

    private static func numberSet(_ json: inout JSONReader) throws(DynamoDBError) -> Set<DecimalNumber> {
        let numbers: [DecimalNumber] = try json.value()
        let set = Set(numbers)
        if set.isEmpty { throw invalidParameter("An number set  may not be empty") }
        if set.count < numbers.count { throw json.duplicateNumbers }
        return set
    }

    private static func binarySet(_ json: inout JSONReader) throws(DynamoDBError) -> Set<[UInt8]> {
        let values: [JSONBinary] = try json.value()
        let set = Set(values.map(\.bytes))
        if set.isEmpty { throw invalidParameter("Binary sets should not be empty") }
        if set.count < values.count { throw json.duplicates(in: values.map(\.bytes)) }
        return set
    }
}

/// Bytes, which JSON holds as base64.
struct JSONBinary: JSONCodable {
    let bytes: [UInt8]

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    init(json: inout JSONReader) throws(DynamoDBError) {
        bytes = try json.binary()
    }

    func write(to json: inout JSONWriter) {
        json.bytes.append(UInt8(ascii: "\""))
        Base64.encode(bytes, to: &json.bytes)
        json.bytes.append(UInt8(ascii: "\""))
    }
}

extension JSONReader {
    /// Reads bytes from a base64 string.
    mutating func binary() throws(DynamoDBError) -> [UInt8] {
        switch try peek() {
        case UInt8(ascii: "\""): break
        case UInt8(ascii: "{"), UInt8(ascii: "["): throw unexpectedContainer()
        default:
            throw DynamoDBError(
                code: .serializationException, message: "only base-64-encoded strings are convertible to bytes")
        }
        return try withStringBytes("ByteBuffer") { _, text throws(DynamoDBError) in
            do throws(Base64.Fault) {
                return try Base64.decode(text)
            } catch {
                throw DynamoDBError(code: .serializationException, message: error.description)
            }
        }
    }
}

extension DecimalNumber: JSONCodable {
    /// Reads a number from the string that JSON holds it in.
    package init(json: inout JSONReader) throws(DynamoDBError) {
        self = try json.withStringBytes("String") { json, text throws(DynamoDBError) in
            do throws(Fault) {
                return try DecimalNumber(utf8: text)
            } catch {
                throw json.notANumber(text, error)
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.bytes.append(UInt8(ascii: "\""))
        append(to: &json.bytes)
        json.bytes.append(UInt8(ascii: "\""))
    }
}
