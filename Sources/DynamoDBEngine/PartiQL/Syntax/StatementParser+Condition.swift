internal import DynamoDB

/// The grammar of WHERE clauses:
///
/// ```
/// condition = and (OR and)*
/// and       = not (AND not)*
/// not       = NOT not | ( condition ) | predicate
/// predicate = function ( operand, … )
///           | operand comparator operand | operand [NOT] BETWEEN operand AND operand
///           | operand [NOT] IN ([ operand, … ] | ( operand, … )) | path IS [NOT] (MISSING | NULL)
/// operand   = value | path | SIZE ( path )
/// ```
extension StatementParser {
    mutating func condition() throws(DynamoDBError) -> ConditionNode {
        var left = try and()
        while try acceptInfix(.or) { left = .or(left, try and()) }
        return left
    }

    private mutating func and() throws(DynamoDBError) -> ConditionNode {
        var left = try not()
        while try acceptInfix(.and) { left = .and(left, try not()) }
        return left
    }

    private mutating func acceptInfix(_ keyword: StatementKeyword) throws(DynamoDBError) -> Bool {
        guard try accept(keyword) else { return false }
        try countOperator()
        guard token.kind != .end else {
            throw .malformedStatement("Missing right-hand side expression of infix operator")
        }
        return true
    }

    private mutating func not() throws(DynamoDBError) -> ConditionNode {
        if try accept(.not) {
            try countOperator()
            return .not(try nested { parser throws(DynamoDBError) in try parser.not() })
        }
        if try accept(.openParenthesis) {
            let inner = try nested { parser throws(DynamoDBError) in try parser.condition() }
            try expect(.closeParenthesis)
            return inner
        }
        return try predicate()
    }

    private mutating func predicate() throws(DynamoDBError) -> ConditionNode {
        let first: Operand
        switch try term() {
        case .condition(let condition): return condition
        case .operand(let operand): first = operand
        }
        try countOperator()
        if case .sign(let sign) = token.kind, let comparator = ConditionNode.Comparator(sign) {
            try advance()
            return try .comparison(comparator, first, try operand(), .statement)
        }
        if try accept(.is) { return try typeTest(of: first) }
        let isNegated = try accept(.not)
        let condition: ConditionNode
        if try accept(.between) {
            let lower = try operand()
            try expect(.and)
            condition = try .range(first, lower, try operand(), .statement)
        } else if try accept(.in) {
            condition = try .membership(first, try candidates(), .statement)
        } else {
            throw unexpectedToken()
        }
        return isNegated ? .not(condition) : condition
    }

    /// What follows `IS`.
    private mutating func typeTest(of operand: Operand) throws(DynamoDBError) -> ConditionNode {
        let isNegated = try accept(.not)
        guard case .path(let path) = operand else { throw .validation("Unsupported operation: IsType") }
        if try accept(.missing) { return isNegated ? .exists(path) : .missing(path) }
        guard let type = AttributeType(statementName: token.text) else {
            throw .malformedStatement("Expected type name")
        }
        try advance()
        let test = ConditionNode.type(operand, type)
        return isNegated ? .not(test) : test
    }

    private mutating func candidates() throws(DynamoDBError) -> [Operand] {
        let end: StatementToken.Sign
        if try accept(.openBracket) {
            end = .closeBracket
        } else {
            try expect(.openParenthesis)
            end = .closeParenthesis
        }
        var candidates: [Operand] = []
        repeat { candidates.append(try operand()) } while try accept(.comma)
        try expect(end)
        return candidates
    }

    private mutating func operand() throws(DynamoDBError) -> Operand {
        let place = token
        guard case .operand(let operand) = try term() else {
            throw ExpressionKind.statement.error(
                "The function is not allowed to be used this way in an expression; function: \(place.text)")
        }
        return operand
    }

    private mutating func term() throws(DynamoDBError) -> ConditionFunction.Outcome {
        if isLiteral { return .operand(.value(try literal())) }
        guard try isFunctionCall else { return .operand(.path(try documentPath())) }
        guard let function = ConditionFunction(rawValue: token.text.lowercased()) else {
            throw .validation("Unrecognized function: \(token.text.lowercased()) at \(place(of: token))")
        }
        try advance()
        try countOperator()
        return try function.call(try arguments(), kind: .statement)
    }

    private mutating func arguments() throws(DynamoDBError) -> [Operand] {
        try expect(.openParenthesis)
        var arguments: [Operand] = []
        if try accept(.closeParenthesis) { return arguments }
        repeat {
            arguments.append(try nested { parser throws(DynamoDBError) in try parser.operand() })
        } while try accept(.comma)
        try expect(.closeParenthesis)
        return arguments
    }
}

extension AttributeType {
    /// The type that a statement calls by the name, in any case.
    fileprivate init?(statementName name: String) {
        let name = name.uppercased()
        guard let type = AttributeType.allCases.first(where: { name == ($0 == .bool ? "BOOL" : $0.longName) }) else {
            return nil
        }
        self = type
    }
}

extension ConditionNode.Comparator {
    init?(_ sign: StatementToken.Sign) {
        self.init(rawValue: sign == .exclamationEqual ? "<>" : sign.rawValue)
    }
}
