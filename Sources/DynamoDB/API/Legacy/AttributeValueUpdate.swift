/// Legacy: how an attribute changes.
public enum AttributeAction: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `ADD`.
    case add = "ADD"
    /// `PUT`.
    case put = "PUT"
    /// `DELETE`.
    case delete = "DELETE"
}

/// Legacy: a change of one attribute.
public struct AttributeValueUpdate: Sendable, Hashable, JSONObject {
    /// The operand.
    public var value: AttributeValue?
    /// What to do with the attribute; nil means put.
    public var action: AttributeAction?

    private init() { self = .unread }
}
