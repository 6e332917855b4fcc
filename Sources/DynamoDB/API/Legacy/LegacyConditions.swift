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
public struct Condition: Sendable, Hashable, JSONObject {
    /// The comparison.
    public var comparisonOperator: ComparisonOperator
    /// The operands of the comparison.
    public var attributeValueList: [AttributeValue]?

    private init() { self = .unread }
}

/// Legacy: a condition on one attribute of a write.
public struct ExpectedAttributeValue: Sendable, Hashable, JSONObject {
    /// The value expected.
    public var value: AttributeValue?
    /// Whether the attribute must exist; nil means true.
    public var exists: Bool?
    /// The comparison.
    public var comparisonOperator: ComparisonOperator?
    /// The operands of the comparison.
    public var attributeValueList: [AttributeValue]?

    private init() { self = .unread }
}
