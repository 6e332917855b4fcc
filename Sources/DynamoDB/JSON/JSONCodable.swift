/// A value with a form in DynamoDB's JSON.
package protocol JSONCodable {
    /// Reads the value that starts at the reader's position.
    init(json: inout JSONReader) throws(DynamoDBError)

    /// Appends the value.
    func write(to json: inout JSONWriter)

    /// How a request's faults are told; nil for what is no request: nobody asks what constraints an answer breaks.
    static var front: ValidationFront? { get }

    /// Whether reading a value never finds a constraint broken, so that nobody needs to know its place.
    static var isPlain: Bool { get }
    /// Whether something in a value may break a constraint of AWS's model.
    static var holdsConstraints: Bool { get }
    /// Finds what in the value does.
    func find(_ check: inout ConstraintCheck)
}

extension JSONCodable {
    package static var front: ValidationFront? { nil }
    package static var isPlain: Bool { false }
    package static var holdsConstraints: Bool { false }
    package func find(_ check: inout ConstraintCheck) {}
}

extension JSONCodable {
    /// Reads a whole document.
    ///
    /// - Throws: `SerializationException` when it is not JSON or holds another type than expected,
    ///   `ValidationException` when a required member is missing or a value is outside its constraints.
    package init(jsonDocument bytes: UnsafeBufferPointer<UInt8>) throws(DynamoDBError) {
        var log = FaultLog(front: Self.front)
        do {
            self = try withUnsafeMutablePointer(to: &log) { log throws(DynamoDBError) in
                var reader = JSONReader(bytes, log: log)
                let value = try Self(json: &reader)
                try reader.finish()
                return value
            }
        } catch {
            throw error.code == .validationException ? log.error(of: Self.self) ?? error : error
        }
        if let error = log.error(of: Self.self) { throw error }
    }

    /// Reads a whole document, such as the bytes of a `ByteBuffer`; it throws as the other does.
    package init(jsonDocument bytes: UnsafeRawBufferPointer) throws(DynamoDBError) {
        self = try bytes.withMemoryRebound(to: UInt8.self) { buffer throws(DynamoDBError) in
            try Self(jsonDocument: buffer)
        }
    }

    /// Reads a whole document; it throws as `init(jsonDocument:)` of a buffer does.
    package init(jsonDocument bytes: [UInt8]) throws(DynamoDBError) {
        self = try bytes.withUnsafeBufferPointer { buffer throws(DynamoDBError) in try Self(jsonDocument: buffer) }
    }

    /// The value as a whole document.
    package var jsonDocument: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }
}

/// An enumeration of names that is complete: another name breaks a constraint.
package protocol JSONEnumeration: JSONCodable, RawRepresentable<String> {
    /// All names, as AWS's errors list them.
    static var namesInErrors: String { get }
}

extension JSONEnumeration {
    package init(json: inout JSONReader) throws(DynamoDBError) {
        let name = try json.string()
        guard let value = Self(rawValue: name) else {
            throw json.violated(.enumeration(names: Self.namesInErrors), value: "'\(name)'")
        }
        self = value
    }

    package func write(to json: inout JSONWriter) {
        json.string(rawValue)
    }
}

/// An enumeration of names that AWS adds to: names not known are kept as they came.
package protocol JSONOpenEnumeration: JSONCodable, RawRepresentable<String> {
    init(rawValue: String)
}

extension JSONOpenEnumeration {
    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(rawValue: try json.string())
    }

    package func write(to json: inout JSONWriter) {
        json.string(rawValue)
    }
}

/// The name of an object's member, as it lies in the input: comparing it makes no string.
package struct JSONKey {
    /// The name's bytes between the quotation marks; they may hold escapes.
    let bytes: UnsafeBufferPointer<UInt8>
    /// The name, when it was written with escapes.
    let unescaped: [UInt8]?
    /// True only for ASCII; it may be false of ASCII too.
    var isASCII = false

    /// Whether the name is `name`.
    @inline(__always)
    static func == (key: JSONKey, name: StaticString) -> Bool {
        let count = name.utf8CodeUnitCount
        if let unescaped = key.unescaped {
            return unescaped.elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: count))
        }
        guard key.bytes.count == count, let start = key.bytes.baseAddress else {
            return key.bytes.isEmpty && count == 0
        }
        let other = name.utf8Start
        for index in 0..<count where start[index] != other[index] { return false }
        return true
    }

    /// Lets names stand as cases of a `switch`.
    @inline(__always)
    package static func ~= (name: StaticString, key: JSONKey) -> Bool { key == name }

    /// The name as text.
    var text: String { unescaped.map { String(decoding: $0, as: UTF8.self) } ?? String(decoding: bytes, as: UTF8.self) }
}
