/// Legacy: how conditions combine.
public enum ConditionalOperator: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `AND`.
    case and = "AND"
    /// `OR`.
    case or = "OR"
}

/// Legacy: a comparison.
public enum ComparisonOperator: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `EQ`.
    case equal = "EQ"
    /// `NE`.
    case notEqual = "NE"
    /// `IN`.
    case `in` = "IN"
    /// `LE`.
    case lessOrEqual = "LE"
    /// `LT`.
    case less = "LT"
    /// `GE`.
    case greaterOrEqual = "GE"
    /// `GT`.
    case greater = "GT"
    /// `BETWEEN`.
    case between = "BETWEEN"
    /// `NOT_NULL`.
    case notNull = "NOT_NULL"
    /// `NULL`.
    case null = "NULL"
    /// `CONTAINS`.
    case contains = "CONTAINS"
    /// `NOT_CONTAINS`.
    case notContains = "NOT_CONTAINS"
    /// `BEGINS_WITH`.
    case beginsWith = "BEGINS_WITH"
}

/// Legacy: a comparison of one attribute.
public struct Condition: Sendable, Hashable, JSONCodable {
    /// The comparison.
    public var comparisonOperator: ComparisonOperator
    /// The operands of the comparison.
    public var attributeValueList: [AttributeValue]?

    /// Makes a value of its members.
    public init(comparisonOperator: ComparisonOperator, attributeValueList: [AttributeValue]? = nil) {
        self.comparisonOperator = comparisonOperator
        self.attributeValueList = attributeValueList
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(comparisonOperator: .equal)
        try json.members(requiring: "ComparisonOperator") { json, key throws(DynamoDBError) in
            switch key {
            case "ComparisonOperator": comparisonOperator = try json.value()
            case "AttributeValueList": attributeValueList = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ComparisonOperator", comparisonOperator)
            json.member("AttributeValueList", attributeValueList)
        }
    }
}

/// Legacy: a condition on one attribute of a write.
public struct ExpectedAttributeValue: Sendable, Hashable, JSONCodable {
    /// The value expected.
    public var value: AttributeValue?
    /// Whether the attribute must exist; nil means true.
    public var exists: Bool?
    /// The comparison.
    public var comparisonOperator: ComparisonOperator?
    /// The operands of the comparison.
    public var attributeValueList: [AttributeValue]?

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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "Value": value = try json.value()
            case "Exists": exists = try json.value()
            case "ComparisonOperator": comparisonOperator = try json.value()
            case "AttributeValueList": attributeValueList = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Value", value)
            json.member("Exists", exists)
            json.member("ComparisonOperator", comparisonOperator)
            json.member("AttributeValueList", attributeValueList)
        }
    }
}
