/// The type of a key attribute: string, number or binary.
public enum ScalarAttributeType: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `S`.
    case string = "S"
    /// `N`.
    case number = "N"
    /// `B`.
    case binary = "B"
}

/// The role of a key attribute in a table or an index.
public enum KeyType: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `HASH`.
    case hash = "HASH"
    /// `RANGE`.
    case range = "RANGE"
}

/// A key attribute's name and type.
public struct AttributeDefinition: Sendable, Hashable, JSONCodable {
    /// The attribute's name.
    public var attributeName: String
    /// The attribute's type.
    public var attributeType: ScalarAttributeType

    /// Makes a value of its members.
    public init(attributeName: String, attributeType: ScalarAttributeType) {
        self.attributeName = attributeName
        self.attributeType = attributeType
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(attributeName: "", attributeType: .string)
        try json.members(requiring: "AttributeName", "AttributeType") { json, key throws(DynamoDBError) in
            switch key {
            case "AttributeName": attributeName = try json.value()
            case "AttributeType": attributeType = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("AttributeName", attributeName)
            json.member("AttributeType", attributeType)
        }
    }
}

/// A key attribute's name and role.
public struct KeySchemaElement: Sendable, Hashable, JSONCodable {
    /// The attribute's name.
    public var attributeName: String
    /// The attribute's role.
    public var keyType: KeyType

    /// Makes a value of its members.
    public init(attributeName: String, keyType: KeyType) {
        self.attributeName = attributeName
        self.keyType = keyType
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(attributeName: "", keyType: .hash)
        try json.members(requiring: "AttributeName", "KeyType") { json, key throws(DynamoDBError) in
            switch key {
            case "AttributeName": attributeName = try json.value()
            case "KeyType": keyType = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("AttributeName", attributeName)
            json.member("KeyType", keyType)
        }
    }
}
