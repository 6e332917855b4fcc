extension JSONReader {
    /// Reads an object member by member. A member that is `null` is passed over, as if it were not there.
    ///
    /// - Parameter body: Reads or skips the value of the member named.
    @inline(__always)
    package mutating func members(
        _ body: (inout JSONReader, JSONKey) throws(DynamoDBError) -> Void
    ) throws(DynamoDBError) {
        try object { reader, key throws(DynamoDBError) in
            if try reader.takeNull() { return }
            let count = reader.violationCount
            do throws(DynamoDBError) {
                try body(&reader, key)
            } catch {
                reader.complete(since: count) { $0.prepend(member: key.text) }
                throw error
            }
            reader.complete(since: count) { $0.prepend(member: key.text) }
        }
    }

    /// Reads an object; `body` reads each member's value.
    @inline(__always)
    mutating func object(_ body: (inout JSONReader, JSONKey) throws(DynamoDBError) -> Void) throws(DynamoDBError) {
        guard try peek() == UInt8(ascii: "{") else { throw unexpectedContainer() }
        position += 1
        if try peek() == UInt8(ascii: "}") {
            position += 1
            return
        }
        while true {
            let key = try key()
            try expect(UInt8(ascii: ":"))
            try body(&self, key)
            switch try peek() {
            case UInt8(ascii: ","):
                position += 1
            case UInt8(ascii: "}"):
                position += 1
                return
            default:
                throw malformed("expected ',' or '}'")
            }
        }
    }

    /// Reads an object whose names the client chose; `body` reads each value.
    ///
    /// - Parameter isPlain: Whether no value can break a constraint.
    @inline(__always)
    mutating func entries(
        isPlain: Bool, _ body: (inout JSONReader, String) throws(DynamoDBError) -> Void
    ) throws(DynamoDBError) {
        try object { json, key throws(DynamoDBError) in
            let name = try json.string(key)
            if isPlain { return try body(&json, name) }
            try json.step("\(name).member") { json throws(DynamoDBError) in try body(&json, name) }
        }
    }

    /// Reads a list; `body` reads each element.
    ///
    /// - Parameter isPlain: Whether no element can break a constraint.
    @inline(__always)
    mutating func list(
        isPlain: Bool = false, _ body: (inout JSONReader) throws(DynamoDBError) -> Void
    ) throws(DynamoDBError) {
        guard try peek() == UInt8(ascii: "[") else { throw unexpectedContainer() }
        position += 1
        if try peek() == UInt8(ascii: "]") {
            position += 1
            return
        }
        var index = 1
        while true {
            if isPlain {
                try body(&self)
            } else {
                try step("\(index).member", body)
            }
            index += 1
            switch try peek() {
            case UInt8(ascii: ","):
                position += 1
            case UInt8(ascii: "]"):
                position += 1
                return
            default:
                throw malformed("expected ',' or ']'")
            }
        }
    }
}

extension JSONReader {
    /// Reads a value, and puts its step before the places of the constraints that are broken in it.
    @inline(__always)
    private mutating func step(
        _ step: @autoclosure () -> String, _ body: (inout JSONReader) throws(DynamoDBError) -> Void
    ) throws(DynamoDBError) {
        let count = violationCount
        do throws(DynamoDBError) {
            try body(&self)
        } catch {
            complete(since: count) { $0.prepend(step: step()) }
            throw error
        }
        complete(since: count) { $0.prepend(step: step()) }
    }
}

extension Array: JSONCodable where Element: JSONCodable {
    package static var isPlain: Bool { Element.isPlain }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        var elements: [Element] = []
        try json.list(isPlain: Element.isPlain) { json throws(DynamoDBError) in
            elements.append(try Element(json: &json))
        }
        self = elements
    }

    package func write(to json: inout JSONWriter) {
        json.list { json in
            for element in self { json.element(element) }
        }
    }
}

extension AttributeMap: JSONCodable where Value: JSONCodable {
    package static var isPlain: Bool { Value.isPlain }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        // Growing from nothing would rehash three times before the usual item is read.
        var members = AttributeMap(minimumCapacity: 12)
        try json.entries(isPlain: Value.isPlain) { json, name throws(DynamoDBError) in
            members[name] = try Value(json: &json)
        }
        self = members
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            for (name, value) in self { json.member(name, value) }
        }
    }
}

/// By what is of ASCII wherever it is valid: names of tables and indexes, placeholders.
extension Dictionary: JSONCodable where Key == String, Value: JSONCodable {
    package static var isPlain: Bool { Value.isPlain }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        var members = [String: Value]()
        try json.entries(isPlain: Value.isPlain) { json, name throws(DynamoDBError) in
            members[name] = try Value(json: &json)
        }
        self = members
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            for (name, value) in self { json.member(name, value) }
        }
    }
}
