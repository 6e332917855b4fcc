internal import DynamoDB

/// A recursive-descent parser of PartiQL for DynamoDB: the part that all statements share.
///
/// Source: AWS, "PartiQL - a SQL-compatible query language for Amazon DynamoDB", Amazon DynamoDB developer guide.
struct StatementParser {
    private let source: [UInt8]
    private var lexer: StatementLexer
    private(set) var token: StatementToken
    /// Where the last token that was taken ends.
    private var takenEnd = 0
    private var parameters: ArraySlice<AttributeValue>
    /// A part that the grammar has and DynamoDB does not; told only once the whole statement is well formed.
    private var fault: DynamoDBError?
    private var operatorCount = 0
    private var depth = 0

    /// - Parameter parameters: the values of the question marks, in order.
    init(_ text: String, parameters: [AttributeValue]) throws(DynamoDBError) {
        source = Array(text.utf8)
        lexer = StatementLexer(source)
        token = try lexer.next()
        self.parameters = parameters[...]
    }

    /// Takes the current token and moves to the next.
    @discardableResult
    mutating func advance() throws(DynamoDBError) -> StatementToken {
        let taken = token
        token = try lexer.next()
        takenEnd = taken.range.upperBound
        return taken
    }

    /// Takes the sign if it is next.
    mutating func accept(_ sign: StatementToken.Sign) throws(DynamoDBError) -> Bool {
        guard token.kind == .sign(sign) else { return false }
        try advance()
        return true
    }

    mutating func expect(_ sign: StatementToken.Sign) throws(DynamoDBError) {
        guard try accept(sign) else { throw unexpectedToken() }
    }

    /// Takes the keyword if it is next.
    mutating func accept(_ keyword: StatementKeyword) throws(DynamoDBError) -> Bool {
        guard token.isKeyword(keyword) else { return false }
        try advance()
        return true
    }

    mutating func expect(_ keyword: StatementKeyword) throws(DynamoDBError) {
        guard try accept(keyword) else { throw unexpectedToken() }
    }

    /// Takes the word if it is next, which is a keyword only here.
    mutating func accept(word: String) throws(DynamoDBError) -> Bool {
        guard token.kind == .word, token.text.lowercased() == word else { return false }
        try advance()
        return true
    }

    /// Whether an opening parenthesis follows the current token.
    var isFunctionCall: Bool {
        get throws(DynamoDBError) {
            guard token.kind == .word else { return false }
            return try nextToken.kind == .sign(.openParenthesis)
        }
    }

    /// The token after the current one.
    var nextToken: StatementToken {
        get throws(DynamoDBError) {
            var ahead = lexer
            return try ahead.next()
        }
    }

    /// Whether signs are next that do not belong to a number.
    var isSignOfOperand: Bool {
        get throws(DynamoDBError) {
            guard token.kind == .sign(.minus) || token.kind == .sign(.plus) else { return false }
            var ahead = lexer
            var next = try ahead.next()
            while next.kind == .sign(.minus) || next.kind == .sign(.plus) { next = try ahead.next() }
            return next.kind != .number
        }
    }

    /// The value of the question mark that is next.
    mutating func parameter() throws(DynamoDBError) -> AttributeValue {
        try advance()
        guard let value = parameters.popFirst() else { throw .parameterCount }
        return value
    }

    /// Requires that statement and parameters are used up; a semicolon may end the statement.
    mutating func expectEnd() throws(DynamoDBError) {
        _ = try accept(.semicolon)
        guard token.kind == .end else { throw .malformedStatement("Unexpected token after expression") }
        if let fault { throw fault }
        guard parameters.isEmpty else { throw .parameterCount }
    }

    /// Remembers what DynamoDB does not support, the first part of it.
    mutating func refuse(_ message: String) {
        fault = fault ?? .validation(message)
    }

    /// Counts an operator or function against the limit that expressions have, which bounds the tree's depth.
    mutating func countOperator() throws(DynamoDBError) {
        operatorCount += 1
        guard operatorCount <= Limits.expressionOperators else {
            throw ExpressionKind.statement.error(
                "The expression contains too many operators; maximum operator count: \(Limits.expressionOperators)")
        }
    }

    /// Runs `body` one level deeper. Bounds the stack.
    mutating func nested<Result>(
        _ body: (inout StatementParser) throws(DynamoDBError) -> Result
    ) throws(DynamoDBError) -> Result {
        guard depth < Limits.expressionOperators else { throw .malformedStatement("") }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }

    /// What is written from a token up to the current one.
    func text(from first: StatementToken) -> String {
        String(decoding: source[first.range.lowerBound..<takenEnd], as: UTF8.self)
    }

    // MARK: Errors

    /// The current token cannot stand here.
    func unexpectedToken() -> DynamoDBError {
        switch token.kind {
        case .word:
            guard StatementReservedWords.contains(token.text) else { break }
            let isOperator = StatementReservedWords.isOperator(token.text)
            return .malformedStatement(isOperator ? "Unexpected operator" : "Unexpected keyword")
        case .sign(let sign) where ConditionNode.Comparator(sign) != nil:
            return .malformedStatement("Unexpected operator")
        default: break
        }
        return .malformedStatement("Unexpected term")
    }

    /// Where a token stands, in AWS's form: `line:column:length`, in characters from 1.
    func place(of token: StatementToken) -> String {
        let before = String(decoding: source[..<token.range.lowerBound], as: UTF8.self)
        let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
        let length = String(decoding: source[token.range], as: UTF8.self).count
        return "\(lines.count):\((lines.last?.count ?? 0) + 1):\(length)"
    }
}

extension DynamoDBError {
    /// A statement that the grammar does not have; AWS gives no detail for what cannot even be split into tokens.
    static func malformedStatement(_ detail: String) -> DynamoDBError {
        .validation("Statement wasn't well formed, can't be processed: \(detail)")
    }

    fileprivate static let parameterCount = validation("Number of parameters in request and statement don't match.")
}
