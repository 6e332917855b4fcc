internal import DynamoDB

/// The functions of update expressions.
enum UpdateFunction: String {
    case ifNotExists = "if_not_exists"
    case listAppend = "list_append"
}

/// Operands made of others whose types, as far as the text tells them, are checked.
extension UpdateOperand {
    /// `first + second` or `first - second`
    static func arithmetic(
        _ sign: String, _ first: UpdateOperand, _ second: UpdateOperand, _ kind: ExpressionKind
    ) throws(DynamoDBError) -> UpdateOperand {
        for operand in [first, second] { try operand.require(.number, for: sign, kind) }
        return sign == "+" ? .sum(first, second) : .difference(first, second)
    }

    /// `function ( operand, operand )`
    static func call(
        _ function: UpdateFunction, _ operands: [UpdateOperand], _ kind: ExpressionKind
    ) throws(DynamoDBError) -> UpdateOperand {
        guard operands.count == 2 else {
            throw kind.error(
                "Incorrect number of operands for operator or function; operator or function: \(function.rawValue), "
                    + "number of operands: \(operands.count)")
        }
        switch function {
        case .ifNotExists:
            guard case .path(let path) = operands[0] else {
                throw kind.error(
                    "Operator or function requires a document path; operator or function: \(function.rawValue)")
            }
            return .ifNotExists(path, operands[1])
        case .listAppend:
            for operand in operands { try operand.require(.list, for: function.rawValue, kind) }
            return .listAppend(operands[0], operands[1])
        }
    }

    /// Refuses an operand that cannot be of the type, as far as the expression itself tells.
    private func require(_ type: AttributeType, for name: String, _ kind: ExpressionKind) throws(DynamoDBError) {
        guard let known = knownType, known != type else { return }
        throw kind.error(
            "Incorrect operand type for operator or function; operator or function: \(name), "
                + "operand type: \(known.rawValue)")
    }

    /// The type, where it does not depend on the item.
    private var knownType: AttributeType? {
        switch self {
        case .value(let value): value.type
        case .path, .ifNotExists: nil
        case .listAppend: .list
        case .sum, .difference: .number
        }
    }
}
