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

    /// Makes a value of its members.
    public init(value: AttributeValue? = nil, action: AttributeAction? = nil) {
        self.value = value
        self.action = action
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Value", &value)
        try members.optional("Action", &action)
    }
}
