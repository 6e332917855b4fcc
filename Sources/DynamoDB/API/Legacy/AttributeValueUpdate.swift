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
public struct AttributeValueUpdate: Sendable, Hashable, JSONCodable {
    /// The operand.
    public var value: AttributeValue?
    /// What to do with the attribute; nil means put.
    public var action: AttributeAction?

    /// Makes a value of its members.
    public init(value: AttributeValue? = nil, action: AttributeAction? = nil) {
        self.value = value
        self.action = action
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "Value": value = try json.value()
            case "Action": action = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Value", value)
            json.member("Action", action)
        }
    }
}
