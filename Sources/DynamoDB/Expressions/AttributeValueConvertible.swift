/// What stands for one value of DynamoDB without loss.
public protocol AttributeValueConvertible: Sendable {
    /// The value.
    var attributeValue: AttributeValue { get }
}

extension AttributeValue: AttributeValueConvertible {
    /// The value itself.
    public var attributeValue: AttributeValue { self }
}

extension String: AttributeValueConvertible {
    /// A string value.
    public var attributeValue: AttributeValue { .string(self) }
}

extension Bool: AttributeValueConvertible {
    /// A Boolean value.
    public var attributeValue: AttributeValue { .bool(self) }
}

extension Int: AttributeValueConvertible {
    /// A number value.
    public var attributeValue: AttributeValue { .number(DecimalNumber(self)) }
}

extension Int64: AttributeValueConvertible {
    /// A number value.
    public var attributeValue: AttributeValue { .number(DecimalNumber(self)) }
}

extension DecimalNumber: AttributeValueConvertible {
    /// A number value.
    public var attributeValue: AttributeValue { .number(self) }
}
