internal import DynamoDB

/// The grammar of WHERE clauses:
///
/// ```
/// condition  = and (OR and)*
/// and        = not (AND not)*
/// not        = NOT not | equality
/// equality   = comparison (= comparison | <> comparison | IS [NOT] type | [NOT] IN candidates)*
/// comparison = operand (< operand | … | [NOT] BETWEEN operand AND operand)*
/// operand    = value | path | ( condition ) | function ( operand, … )
/// candidates = [ operand, … ] | ( operand, … )
/// ```
/// A condition is a BOOL where an operand is expected. PartiQL has `LIKE` and arithmetic too; DynamoDB has not, and
/// refuses them in a statement that is well formed.
extension StatementParser {
    private typealias Term = ConditionFunction.Outcome

    mutating func condition() throws(DynamoDBError) -> ConditionNode {
        try require(try or(), "WHERE clause must contain an expression that resolves to a boolean")
    }

    private func require(_ term: Term, _ message: String) throws(DynamoDBError) -> ConditionNode {
        guard case .condition(let condition) = term else { throw .validation(message) }
        return condition
    }

    private func requireJoined(_ term: Term) throws(DynamoDBError) -> ConditionNode {
        try require(term, "The arguments to AND/OR must be Expressions")
    }

    private mutating func or() throws(DynamoDBError) -> Term {
        var left = try and()
        while token.isKeyword(.or) {
            try takeInfix()
            let first = try requireJoined(left)
            left = .condition(.or(first, try requireJoined(try and())))
        }
        return left
    }

    private mutating func and() throws(DynamoDBError) -> Term {
        var left = try not()
        while token.isKeyword(.and) {
            try takeInfix()
            let first = try requireJoined(left)
            left = .condition(.and(first, try requireJoined(try not())))
        }
        return left
    }

    private mutating func not() throws(DynamoDBError) -> Term {
        guard try accept(.not) else { return try equality() }
        try countOperator()
        let negated = try nested { parser throws(DynamoDBError) in try parser.not() }
        return .condition(.not(try require(negated, "The argument to NOT must be a Type or Expression")))
    }

    private mutating func equality() throws(DynamoDBError) -> Term {
        var left = try comparison()
        while true {
            if let comparator = comparator(isEquality: true) {
                try takeInfix()
                let right = try comparison()
                left = .condition(try .comparison(comparator, left.asOperand, right.asOperand, .statement))
            } else if token.isKeyword(.is) {
                let place = place(of: token)
                try takeInfix()
                left = .condition(try typeTest(of: left, at: place))
            } else if let isNegated = try takeNegatable(.in) {
                let condition = try ConditionNode.membership(left.asOperand, try candidates(), .statement)
                left = .condition(isNegated ? .not(condition) : condition)
            } else {
                return left
            }
        }
    }

    private mutating func comparison() throws(DynamoDBError) -> Term {
        var left = try sum()
        while true {
            if let comparator = comparator(isEquality: false) {
                try takeInfix()
                let right = try sum()
                left = .condition(try .comparison(comparator, left.asOperand, right.asOperand, .statement))
            } else if let isNegated = try takeNegatable(.between) {
                let lower = try sum().asOperand
                try expect(.and)
                let condition = try ConditionNode.range(left.asOperand, lower, try sum().asOperand, .statement)
                left = .condition(isNegated ? .not(condition) : condition)
            } else if let isNegated = try takeNegatable(.like) {
                left = .condition(.contains(left.asOperand, try sum().asOperand))
                refuse("Unsupported operator in Condition Expression. Operator: \(isNegated ? "not_like" : "like")")
            } else {
                return left
            }
        }
    }

    private func comparator(isEquality: Bool) -> ConditionNode.Comparator? {
        guard case .sign(let sign) = token.kind, let comparator = ConditionNode.Comparator(sign),
            isEquality == (comparator == .equal || comparator == .notEqual)
        else { return nil }
        return comparator
    }

    private mutating func sum() throws(DynamoDBError) -> Term {
        let left = try signed()
        while case .sign(let sign) = token.kind, sign.isArithmetic {
            try takeInfix()
            _ = try signed()
            refuse("Unsupported operator in Condition Expression. Operator: \(sign.rawValue)")
        }
        return left
    }

    private mutating func signed() throws(DynamoDBError) -> Term {
        guard try isSignOfOperand else { return try primary() }
        let sign = token.text
        while token.kind == .sign(.minus) || token.kind == .sign(.plus) { try advance() }
        refuse("Unsupported operator in Condition Expression. Operator: \(sign)")
        return try primary()
    }

    private mutating func primary() throws(DynamoDBError) -> Term {
        if try accept(.openParenthesis) {
            let inner = try nested { parser throws(DynamoDBError) in try parser.or() }
            try expect(.closeParenthesis)
            return inner
        }
        if isLiteral { return .operand(.value(try literal())) }
        if try isFunctionCall { return try call() }
        if try accept(.missing) {
            refuse("MISSING must be compared using IS operator")
            return .operand(.value(.null))
        }
        return .operand(.path(try documentPath()))
    }

    private mutating func call() throws(DynamoDBError) -> Term {
        guard let function = ConditionFunction(rawValue: token.text.lowercased()) else {
            throw .validation("Unrecognized function: \(token.text.lowercased()) at \(place(of: token))")
        }
        try advance()
        try countOperator()
        try expect(.openParenthesis)
        var arguments: [Operand] = []
        if token.kind != .sign(.closeParenthesis) {
            repeat {
                arguments.append(try nested { parser throws(DynamoDBError) in try parser.argument() })
            } while try accept(.comma)
        }
        try expect(.closeParenthesis)
        return try function.call(arguments, kind: .statement)
    }

    private mutating func argument() throws(DynamoDBError) -> Operand {
        let first = token
        guard case .operand(let operand) = try or() else {
            throw .validation(
                "The function is not allowed to be used this way in an expression; function: \(first.text)")
        }
        return operand
    }

    private mutating func candidates() throws(DynamoDBError) -> [Operand] {
        let needsList =
            "IN operator must have a left hand argument of type Variable Reference and right hand argument of type Seq "
            + "with at least one member"
        let end: StatementToken.Sign
        switch token.kind {
        case .sign(.openBracket): end = .closeBracket
        case .sign(.openParenthesis): end = .closeParenthesis
        default:
            refuse(needsList)
            return [try sum().asOperand]
        }
        try advance()
        guard try !accept(end) else {
            refuse(needsList)
            return []
        }
        var candidates: [Operand] = []
        repeat {
            candidates.append(try nested { parser throws(DynamoDBError) in try parser.or() }.asOperand)
        } while try accept(.comma)
        try expect(end)
        return candidates
    }

    /// What follows `IS`.
    private mutating func typeTest(of term: Term, at place: String) throws(DynamoDBError) -> ConditionNode {
        let isNegated = try accept(.not)
        guard let type = try statementType() else { throw .malformedStatement("Expected type name") }
        let operand = term.asOperand
        switch operand {
        case .path, .value: break
        case .size, .condition:
            refuse("The left hand side argument to IS must be a Variable Reference, Literal, or Path")
        }
        if type == "MISSING" {
            guard
                case .condition(let test) = try ConditionFunction.attributeNotExists.call([operand], kind: .statement),
                case .missing(let path) = test
            else { return .type(operand, .null) }
            return isNegated ? .exists(path) : test
        }
        let attributeType = AttributeType(statementType: type)
        if attributeType == nil {
            refuse(
                "Unsupported data type for IS operator: \(type). Supported data types are [MISSING, NULL, BOOLEAN, BLOB, "
                    + "STRING, NUMERIC, STRUCT, TUPLE, LIST] at \(place)")
        }
        let test = ConditionNode.type(operand, attributeType ?? .null)
        return isNegated ? .not(test) : test
    }

    /// Takes an infix operator.
    private mutating func takeInfix() throws(DynamoDBError) {
        try countOperator()
        try advance()
        guard token.kind != .end else {
            throw .malformedStatement("Missing right-hand side expression of infix operator")
        }
    }

    /// Takes the infix operator if it is next, and tells whether `NOT` stands before it; nil if it is not next.
    private mutating func takeNegatable(_ keyword: StatementKeyword) throws(DynamoDBError) -> Bool? {
        let isNegated = token.isKeyword(.not)
        guard try isNegated ? nextToken.isKeyword(keyword) : token.isKeyword(keyword) else { return nil }
        if isNegated { try advance() }
        try takeInfix()
        return isNegated
    }
}

extension ConditionFunction.Outcome {
    fileprivate var asOperand: Operand {
        switch self {
        case .operand(let operand): operand
        case .condition(let condition): .condition(condition)
        }
    }
}

extension ConditionNode.Comparator {
    init?(_ sign: StatementToken.Sign) {
        self.init(rawValue: sign == .exclamationEqual ? "<>" : sign.rawValue)
    }
}
