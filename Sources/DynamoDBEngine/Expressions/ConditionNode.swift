internal import DynamoDB

/// A condition: what a ConditionExpression, FilterExpression or KeyConditionExpression says.
indirect enum ConditionNode: Equatable, Sendable {
    case compare(Comparator, Operand, Operand)
    case between(Operand, lower: Operand, upper: Operand)
    case within(Operand, [Operand])
    case exists(DocumentPath)
    case missing(DocumentPath)
    case type(Operand, AttributeType)
    case beginsWith(Operand, Operand)
    case contains(Operand, Operand)
    case and(ConditionNode, ConditionNode)
    case or(ConditionNode, ConditionNode)
    case not(ConditionNode)

    enum Comparator: String, Sendable {
        case equal = "="
        case notEqual = "<>"
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }
}

/// What a condition compares.
indirect enum Operand: Equatable, Sendable {
    case path(DocumentPath)
    case value(AttributeValue)
    case size(Operand)
    /// Whether a condition is met, as a BOOL; in PartiQL only.
    case condition(ConditionNode)
}
