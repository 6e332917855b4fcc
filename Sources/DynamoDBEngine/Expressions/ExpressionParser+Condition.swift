internal import DynamoDB

/// The grammar of conditions:
///
/// ```
/// or        = and (OR and)*
/// and       = not (AND not)*
/// not       = NOT not | predicate
/// predicate = primary [comparator primary | BETWEEN primary AND primary | IN ( primary, … )]
/// primary   = ( or ) | :value | path | function ( primary, … )
/// ```
/// A parenthesis may hold a condition or an operand, which only what follows tells; so each rule gives either, and
/// whoever needs one of them asks for it.
extension ExpressionParser {
    /// Parses a whole condition.
    static func condition(
        _ text: String, kind: ExpressionKind, parameters: ExpressionParameters
    ) throws(DynamoDBError) -> ConditionNode {
        var parser = try ExpressionParser(text, kind: kind, parameters: parameters)
        let parsed = try parser.or()
        try parser.expectEnd()
        return try parser.requireCondition(parsed)
    }

    private enum Parsed {
        case operand(Operand)
        case condition(ConditionNode)
        /// Anything in parentheses of its own.
        indirect case group(Parsed)
    }

    private mutating func or() throws(DynamoDBError) -> Parsed {
        var left = try and()
        while token.isKeyword("OR") {
            let first = try requireCondition(left)
            try advance()
            try countOperator()
            left = .condition(.or(first, try requireCondition(try and())))
        }
        return left
    }

    private mutating func and() throws(DynamoDBError) -> Parsed {
        var left = try not()
        while token.isKeyword("AND") {
            let first = try requireCondition(left)
            try advance()
            try countOperator()
            left = .condition(.and(first, try requireCondition(try not())))
        }
        return left
    }

    private mutating func not() throws(DynamoDBError) -> Parsed {
        guard try accept(keyword: "NOT") else { return try predicate() }
        try countOperator()
        let negated = try nested { parser throws(DynamoDBError) in try parser.not() }
        return .condition(.not(try requireCondition(negated)))
    }

    private mutating func predicate() throws(DynamoDBError) -> Parsed {
        let left = try primary()
        if case .sign(let sign) = token.kind, let comparator = ConditionNode.Comparator(rawValue: sign.rawValue) {
            let first = try requireOperand(left)
            try advance()
            try countOperator()
            let second = try requireOperand(try primary())
            return .condition(try .comparison(comparator, first, second, kind))
        }
        if token.isKeyword("BETWEEN") {
            let first = try requireOperand(left)
            try advance()
            try countOperator()
            let lower = try requireOperand(try primary())
            guard try accept(keyword: "AND") else { throw unexpectedToken() }
            let upper = try requireOperand(try primary())
            return .condition(try .range(first, lower, upper, kind))
        }
        if token.isKeyword("IN") {
            let first = try requireOperand(left)
            try advance()
            try countOperator()
            guard token.kind == .sign(.openParenthesis) else { throw unexpectedToken() }
            return .condition(try .membership(first, try arguments(), kind))
        }
        return left
    }

    private mutating func primary() throws(DynamoDBError) -> Parsed {
        switch token.kind {
        case .sign(.openParenthesis):
            try advance()
            let inner = try nested { parser throws(DynamoDBError) in try parser.or() }
            try expect(.closeParenthesis)
            if case .group = inner { throw kind.error("The expression has redundant parentheses;") }
            return .group(inner)
        case .valueReference:
            return .operand(.value(try parameters.value(for: try advance().text, in: kind)))
        case .identifier where isFunctionCall:
            return try function()
        default:
            return .operand(.path(try documentPath()))
        }
    }

    /// `( primary, primary … )`, all operands.
    mutating func arguments() throws(DynamoDBError) -> [Operand] {
        try expect(.openParenthesis)
        var result: [Operand] = []
        repeat {
            let parsed = try nested { parser throws(DynamoDBError) in try parser.primary() }
            result.append(try requireOperand(parsed))
        } while try accept(.comma)
        try expect(.closeParenthesis)
        return result
    }

    private mutating func function() throws(DynamoDBError) -> Parsed {
        let name = try advance().text
        try countOperator()
        let function = ConditionFunction(rawValue: name)
        guard let function else {
            throw kind.error(
                UpdateFunction(rawValue: name) == nil
                    ? "Invalid function name; function: \(name)"
                    : "The function is not allowed in a condition expression; function: \(name)")
        }
        let arguments = try arguments()
        switch try function.call(arguments, kind: kind) {
        case .operand(let operand): return .operand(operand)
        case .condition(let condition): return .condition(condition)
        }
    }

    private func requireCondition(_ parsed: Parsed) throws(DynamoDBError) -> ConditionNode {
        switch parsed {
        case .condition(let condition): return condition
        case .group(let inner): return try requireCondition(inner)
        case .operand(.size): throw misused(function: "size")
        case .operand: throw unexpectedToken()
        }
    }

    private func requireOperand(_ parsed: Parsed) throws(DynamoDBError) -> Operand {
        switch parsed {
        case .operand(let operand): return operand
        case .group(let inner): return try requireOperand(inner)
        case .condition(let condition):
            if let name = condition.functionName { throw misused(function: name) }
            throw unexpectedToken()
        }
    }

    func misused(function: String) -> DynamoDBError {
        kind.error("The function is not allowed to be used this way in an expression; function: \(function)")
    }
}
