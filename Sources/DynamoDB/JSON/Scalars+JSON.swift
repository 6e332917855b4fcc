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
