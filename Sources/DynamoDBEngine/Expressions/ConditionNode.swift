import DynamoDB

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

/// Conditions made of operands whose types, as far as the text tells them, are checked.
extension ConditionNode {
    /// `first = second`, and the other comparators.
    static func comparison(
        _ comparator: Comparator, _ first: Operand, _ second: Operand, _ kind: ExpressionKind
    ) throws(DynamoDBError) -> ConditionNode {
        if case .path(let one) = first, case .path(let other) = second, one == other {
            throw kind.error(
                "The first operand must be distinct from the remaining operands for this operator or function; "
                    + "operator: \(comparator.rawValue), first operand: \(one)")
        }
        if comparator != .equal, comparator != .notEqual {
            for operand in [first, second] { try operand.requireOrder(comparator.rawValue, kind) }
        }
        return .compare(comparator, first, second)
    }

    /// `operand BETWEEN lower AND upper`
    static func range(
        _ operand: Operand, _ lower: Operand, _ upper: Operand, _ kind: ExpressionKind
    ) throws(DynamoDBError) -> ConditionNode {
        if case .value(let low) = lower, case .value(let high) = upper {
            let bounds = "lower bound operand: \(low.inMessage), upper bound operand: \(high.inMessage)"
            for bound in [lower, upper] { try bound.requireOrder("BETWEEN", kind) }
            guard low.type == high.type else {
                throw kind.error(
                    "The BETWEEN operator requires same data type for lower and upper bounds; \(bounds)")
            }
            if high.precedes(low) {
                throw kind.error(
                    "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; \(bounds)")
            }
        }
        return .between(operand, lower: lower, upper: upper)
    }

    /// `operand IN (candidates)`
    static func membership(
        _ operand: Operand, _ candidates: [Operand], _ kind: ExpressionKind
    ) throws(DynamoDBError) -> ConditionNode {
        guard candidates.count <= Limits.inOperands else {
            throw kind.error(
                "The IN operator is provided with too many operands; number of operands: \(candidates.count)")
        }
        return .within(operand, candidates)
    }
}

extension Operand {
    fileprivate func requireOrder(_ operatorName: String, _ kind: ExpressionKind) throws(DynamoDBError) {
        let type: AttributeType
        switch self {
        case .value(let value): type = value.type
        case .condition: type = .bool
        case .path, .size: return
        }
        guard !type.isOrdered else { return }
        throw kind.error(
            "Incorrect operand type for operator or function; operator or function: \(operatorName), "
                + "operand type: \(type.rawValue)")
    }
}
