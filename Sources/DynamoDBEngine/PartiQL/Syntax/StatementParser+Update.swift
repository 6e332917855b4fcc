internal import DynamoDB

/// The grammar of updates:
///
/// ```
/// actions = (SET path = sum, … | REMOVE path, …)+
/// sum     = operand (+ operand | - operand)*
/// operand = value | path | ( sum ) | LIST_APPEND ( sum, sum ) | SET_ADD ( path, value ) | SET_DELETE ( path, value )
/// ```
/// The last two stand alone, and their path is the one that is set.
extension StatementParser {
    mutating func updateActions() throws(DynamoDBError) -> [(path: DocumentPath, action: UpdateAction)] {
        var actions: [(path: DocumentPath, action: UpdateAction)] = []
        while true {
            if try accept(.set) {
                repeat {
                    let path = try targetPath()
                    try expect(.equal)
                    actions.append((path, try setAction(on: path)))
                } while try accept(.comma)
            } else if try accept(.remove) {
                repeat { actions.append((try targetPath(), .remove)) } while try accept(.comma)
            } else {
                guard !actions.isEmpty else { throw unexpectedToken() }
                return actions
            }
        }
    }

    private mutating func setAction(on path: DocumentPath) throws(DynamoDBError) -> UpdateAction {
        if try isFunctionCall, let function = SetFunction(rawValue: token.text.lowercased()) {
            let value = try members(of: function, on: path)
            return function == .add ? .add(value) : .delete(value)
        }
        return .set(try updateSum())
    }

    private mutating func updateSum() throws(DynamoDBError) -> UpdateOperand {
        var left = try updateOperand()
        while case .sign(let sign) = token.kind, sign.isArithmetic {
            try advance()
            try countOperator()
            let right = try updateOperand()
            guard sign == .plus || sign == .minus else {
                refuse("Unsupported operator in Update Expression. Operator: \(sign.rawValue)")
                continue
            }
            left = try .arithmetic(sign.rawValue, left, right, .statement)
        }
        return left
    }

    private mutating func updateOperand() throws(DynamoDBError) -> UpdateOperand {
        if try isSignOfOperand {
            refuse(
                "Incorrect number of operands for operator or function; operator or function: \(token.text), "
                    + "number of operands: 1")
            while token.kind == .sign(.minus) || token.kind == .sign(.plus) { try advance() }
        }
        if isLiteral { return .value(try literal()) }
        if try accept(.openParenthesis) {
            let inner = try nested { parser throws(DynamoDBError) in try parser.updateSum() }
            try expect(.closeParenthesis)
            return inner
        }
        guard try isFunctionCall else { return .path(try documentPath()) }
        guard token.text.lowercased() == UpdateFunction.listAppend.rawValue else {
            throw .validation("Unrecognized function: \(token.text.lowercased()) at \(place(of: token))")
        }
        try advance()
        try countOperator()
        try expect(.openParenthesis)
        var operands: [UpdateOperand] = []
        repeat {
            operands.append(try nested { parser throws(DynamoDBError) in try parser.updateSum() })
        } while try accept(.comma)
        try expect(.closeParenthesis)
        return try .call(.listAppend, operands, .statement)
    }

    /// The set that is added to or taken from the one at the path.
    private mutating func members(
        of function: SetFunction, on path: DocumentPath
    ) throws(DynamoDBError) -> AttributeValue {
        let name = function.rawValue.uppercased()
        let call = try advance()
        try countOperator()
        try expect(.openParenthesis)
        let first = token
        guard isName, try documentPath() == path else {
            throw .validation("The first argument to \(name) must equal the assignment value at \(place(of: call))")
        }
        guard try accept(.comma) else {
            throw .validation("\(name) must have exactly two arguments at \(place(of: call))")
        }
        guard isLiteral, case let value = try literal(), value.type.isSet else {
            throw .validation("The second argument to \(name) must be a value with type SET at \(place(of: first))")
        }
        guard token.kind != .sign(.comma) else {
            throw .validation("\(name) must have exactly two arguments at \(place(of: call))")
        }
        try expect(.closeParenthesis)
        return value
    }
}

private enum SetFunction: String {
    case add = "set_add"
    case delete = "set_delete"
}
