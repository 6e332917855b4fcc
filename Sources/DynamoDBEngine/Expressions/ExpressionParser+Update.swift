internal import DynamoDB

/// The grammar of updates:
///
/// ```
/// update  = section+, each of the four at most once
/// section = SET path = sum, … | REMOVE path, … | ADD path :value, … | DELETE path :value, …
/// sum     = operand [+ operand | - operand]
/// operand = :value | path | function ( operand, operand ) | ( sum )
/// ```
extension ExpressionParser {
    /// Parses an UpdateExpression.
    static func update(_ text: String, parameters: ExpressionParameters) throws(DynamoDBError) -> ItemUpdate {
        var parser = try ExpressionParser(text, kind: .update, parameters: parameters)
        var actions: [(path: DocumentPath, action: UpdateAction)] = []
        var seen: [UpdateSection] = []
        repeat {
            guard let section = UpdateSection.allCases.first(where: { parser.token.isKeyword($0.rawValue) }) else {
                throw parser.unexpectedToken()
            }
            guard !seen.contains(section) else {
                throw parser.kind.error(
                    "The \"\(section.rawValue)\" section can only be used once in an update expression;")
            }
            seen.append(section)
            try parser.advance()
            repeat {
                let path = try parser.documentPath()
                actions.append((path, try parser.action(of: section)))
            } while try parser.accept(.comma)
        } while parser.token.kind != .end
        return try ItemUpdate(actions)
    }

    private mutating func action(of section: UpdateSection) throws(DynamoDBError) -> UpdateAction {
        switch section {
        case .set:
            try expect(.equal)
            return .set(try sum(after: try operand()))
        case .remove:
            return .remove
        case .add:
            return .add(try operand(of: section) { $0 == .number || $0.isSet })
        case .delete:
            return .delete(try operand(of: section, \.isSet))
        }
    }

    private mutating func operand(
        of section: UpdateSection, _ isAllowed: (AttributeType) -> Bool
    ) throws(DynamoDBError) -> AttributeValue {
        guard token.kind == .valueReference else { throw unexpectedToken() }
        let value = try parameters.value(for: try advance().text, in: kind)
        guard isAllowed(value.type) else {
            throw kind.error(
                "Incorrect operand type for operator or function; operator: \(section.rawValue), "
                    + "operand type: \(value.type.longName), typeSet: ALLOWED_FOR_ADD_OPERAND")
        }
        return value
    }

    private mutating func sum(after first: UpdateOperand) throws(DynamoDBError) -> UpdateOperand {
        guard token.kind == .sign(.plus) || token.kind == .sign(.minus) else { return first }
        let sign = try advance()
        try countOperator()
        return try .arithmetic(sign.text, first, try operand(), kind)
    }

    private mutating func operand() throws(DynamoDBError) -> UpdateOperand {
        switch token.kind {
        case .valueReference:
            return .value(try parameters.value(for: try advance().text, in: kind))
        case .sign(.openParenthesis):
            try advance()
            let opensTwice = token.kind == .sign(.openParenthesis)
            let first = try nested { parser throws(DynamoDBError) in try parser.operand() }
            if opensTwice, token.kind == .sign(.closeParenthesis) {
                throw kind.error("The expression has redundant parentheses;")
            }
            let inner = try sum(after: first)
            try expect(.closeParenthesis)
            return inner
        case .identifier where isFunctionCall:
            return try updateFunction()
        default:
            return .path(try documentPath())
        }
    }

    private mutating func updateFunction() throws(DynamoDBError) -> UpdateOperand {
        let name = try advance().text
        try countOperator()
        guard let function = UpdateFunction(rawValue: name) else {
            throw kind.error(
                ConditionFunction(rawValue: name) == nil
                    ? "Invalid function name; function: \(name)"
                    : "The function is not allowed in an update expression; function: \(name)")
        }
        try expect(.openParenthesis)
        var operands: [UpdateOperand] = []
        repeat {
            let operand = try nested { parser throws(DynamoDBError) in try parser.operand() }
            // AWS lets if_not_exists stand in another function, but not list_append.
            if case .listAppend = operand { throw misused(function: UpdateFunction.listAppend.rawValue) }
            operands.append(operand)
        } while try accept(.comma)
        try expect(.closeParenthesis)
        return try .call(function, operands, kind)
    }
}

private enum UpdateSection: String, CaseIterable {
    case set = "SET"
    case remove = "REMOVE"
    case add = "ADD"
    case delete = "DELETE"
}
