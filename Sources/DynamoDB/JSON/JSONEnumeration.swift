/// An enumeration of names that is complete: another name breaks a constraint.
package protocol JSONEnumeration: JSONCodable, RawRepresentable<String>, CaseIterable {}

extension JSONEnumeration {
    package init(json: inout JSONReader) throws(DynamoDBError) {
        let name = try json.string()
        guard let value = Self(rawValue: name) else {
            let names = Self.allCases.map(\.rawValue).joined(separator: ", ")
            throw json.violated("Member must satisfy enum value set: [\(names)]", value: "'\(name)'")
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
