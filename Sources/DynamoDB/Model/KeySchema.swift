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
public struct AttributeDefinition: Sendable, Hashable, JSONObject {
    /// The attribute's name.
    public var attributeName: String
    /// The attribute's type.
    public var attributeType: ScalarAttributeType

    /// Makes a value of its members.
    public init(attributeName: String, attributeType: ScalarAttributeType) {
        self.attributeName = attributeName
        self.attributeType = attributeType
    }

    package static var unread: Self { Self(attributeName: "", attributeType: .string) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("AttributeName", &attributeName)
        try members.required("AttributeType", &attributeType)
    }
}

/// A key attribute's name and role.
public struct KeySchemaElement: Sendable, Hashable, JSONObject {
    /// The attribute's name.
    public var attributeName: String
    /// The attribute's role.
    public var keyType: KeyType

    /// Makes a value of its members.
    public init(attributeName: String, keyType: KeyType) {
        self.attributeName = attributeName
        self.keyType = keyType
    }

    package static var unread: Self { Self(attributeName: "", keyType: .hash) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("AttributeName", &attributeName)
        try members.required("KeyType", &keyType)
    }
}
