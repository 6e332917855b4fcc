internal import DynamoDB

/// The functions of condition expressions.
enum ConditionFunction: String {
    case attributeExists = "attribute_exists"
    case attributeNotExists = "attribute_not_exists"
    case attributeType = "attribute_type"
    case beginsWith = "begins_with"
    case contains = "contains"
    case size = "size"

    enum Outcome {
        case operand(Operand)
        case condition(ConditionNode)
    }

    private var operandCount: Int {
        switch self {
        case .attributeExists, .attributeNotExists, .size: 1
        case .attributeType, .beginsWith, .contains: 2
        }
    }

    /// Makes the node of a call, checking number and types of the operands.
    func call(_ operands: [Operand], kind: ExpressionKind) throws(DynamoDBError) -> Outcome {
        guard operands.count == operandCount else {
            throw kind.error(
                "Incorrect number of operands for operator or function; "
                    + "operator or function: \(rawValue), number of operands: \(operands.count)")
        }
        if operands.count == 2, case .path(let path) = operands[0], operands[0] == operands[1] {
            throw kind.error(
                "The first operand must be distinct from the remaining operands for this operator or function; "
                    + "operator: \(rawValue), first operand: \(path)")
        }
        switch self {
        case .attributeExists: return .condition(.exists(try path(operands[0], kind)))
        case .attributeNotExists: return .condition(.missing(try path(operands[0], kind)))
        case .attributeType:
            return .condition(.type(operands[0], try typeName(operands[1], kind)))
        case .beginsWith:
            for case .value(let value) in operands where value.type != .string && value.type != .binary {
                throw wrongType(value.type.rawValue, kind)
            }
            return .condition(.beginsWith(operands[0], operands[1]))
        case .contains:
            return .condition(.contains(operands[0], operands[1]))
        case .size:
            if case .value(let value) = operands[0], [.number, .bool, .null].contains(value.type) {
                throw wrongType(value.type.rawValue, kind)
            }
            if case .size = operands[0] { throw wrongType(AttributeType.number.rawValue, kind) }
            return .operand(.size(operands[0]))
        }
    }

    private func path(_ operand: Operand, _ kind: ExpressionKind) throws(DynamoDBError) -> DocumentPath {
        guard case .path(let path) = operand else {
            throw kind.error("Operator or function requires a document path; operator or function: \(rawValue)")
        }
        return path
    }

    private func typeName(_ operand: Operand, _ kind: ExpressionKind) throws(DynamoDBError) -> AttributeType {
        guard case .value(let value) = operand else { throw wrongType("{NS,SS,L,BS,N,M,B,BOOL,NULL,S}", kind) }
        guard case .string(let name) = value else { throw wrongType(value.type.rawValue, kind) }
        guard let type = AttributeType(rawValue: name) else {
            throw kind.error(
                "Invalid attribute type name found; type: \(name), valid types: {N,BS,L,B,NULL,M,S,SS,NS,BOOL}")
        }
        return type
    }

    private func wrongType(_ type: String, _ kind: ExpressionKind) -> DynamoDBError {
        kind.error(
            "Incorrect operand type for operator or function; operator or function: \(rawValue), operand type: \(type)")
    }
}

extension ConditionNode {
    /// The function that the condition is a call of.
    var functionName: String? {
        switch self {
        case .exists: ConditionFunction.attributeExists.rawValue
        case .missing: ConditionFunction.attributeNotExists.rawValue
        case .type: ConditionFunction.attributeType.rawValue
        case .beginsWith: ConditionFunction.beginsWith.rawValue
        case .contains: ConditionFunction.contains.rawValue
        default: nil
        }
    }
}
