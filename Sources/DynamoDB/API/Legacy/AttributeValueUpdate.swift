/// Legacy: how an attribute changes.
public enum AttributeAction: String, Sendable, Hashable, CaseIterable {
    /// `ADD`.
    case add = "ADD"
    /// `PUT`.
    case put = "PUT"
    /// `DELETE`.
    case delete = "DELETE"
}

/// Legacy: a change of one attribute.
public struct AttributeValueUpdate: Sendable, Hashable {
    /// The operand.
    public var value: AttributeValue?
    /// What to do with the attribute; nil means put.
    public var action: AttributeAction?

    /// Makes a value of its members.
    public init(value: AttributeValue? = nil, action: AttributeAction? = nil) {
        self.value = value
        self.action = action
    }
}
