// Made by scripts/generate-api of the API's model in botocore 1.44.8. Do not edit.
// swift-format-ignore-file

extension AttributeAction {
    package static var namesInErrors: String { "ADD, PUT, DELETE" }
}

extension AttributeValueUpdate {
    /// Makes a value of its members.
    public init(
        value: AttributeValue? = nil,
        action: AttributeAction? = nil
    ) {
        self.value = value
        self.action = action
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Action", &action)
        try members.optional("Value", &value)
    }
}

extension ComparisonOperator {
    package static var namesInErrors: String { "IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS" }
}

extension Condition {
    /// Makes a value of its members.
    public init(
        comparisonOperator: ComparisonOperator,
        attributeValueList: [AttributeValue]? = nil
    ) {
        self.comparisonOperator = comparisonOperator
        self.attributeValueList = attributeValueList
    }

    package static var unread: Self { Self(comparisonOperator: .equal) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("AttributeValueList", &attributeValueList)
        try members.required("ComparisonOperator", &comparisonOperator)
    }
}

extension ConditionalOperator {
    package static var namesInErrors: String { "OR, AND" }
}

extension ExpectedAttributeValue {
    /// Makes a value of its members.
    public init(
        value: AttributeValue? = nil,
        exists: Bool? = nil,
        comparisonOperator: ComparisonOperator? = nil,
        attributeValueList: [AttributeValue]? = nil
    ) {
        self.value = value
        self.exists = exists
        self.comparisonOperator = comparisonOperator
        self.attributeValueList = attributeValueList
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("AttributeValueList", &attributeValueList)
        try members.optional("ComparisonOperator", &comparisonOperator)
        try members.optional("Exists", &exists)
        try members.optional("Value", &value)
    }
}
