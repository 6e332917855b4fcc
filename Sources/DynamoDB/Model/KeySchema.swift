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

    private init() { self = .unread }
}

/// A key attribute's name and role.
public struct KeySchemaElement: Sendable, Hashable, JSONObject {
    /// The attribute's name.
    public var attributeName: String
    /// The attribute's role.
    public var keyType: KeyType

    private init() { self = .unread }
}

extension KeySchemaElement: Echoed {
    var echo: String { "KeySchemaElement(attributeName=\(attributeName), keyType=\(keyType.rawValue))" }
}
