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
