internal import DynamoDB

/// A recursive-descent parser of DynamoDB's expressions: the part that all grammars share.
///
/// `ExpressionParser+Condition.swift`, `ExpressionParser+Update.swift` and `ItemProjection.swift` hold the grammars.
struct ExpressionParser {
    let kind: ExpressionKind
    let parameters: ExpressionParameters
    private let source: [UInt8]
    private var lexer: Lexer
    private var previous: Token?
    private(set) var token: Token
    private var operatorCount = 0
    private var depth = 0

    init(_ text: String, kind: ExpressionKind, parameters: ExpressionParameters) throws(DynamoDBError) {
        self.kind = kind
        self.parameters = parameters
        source = Array(text.utf8)
        guard source.count <= Limits.expressionSize else {
            throw kind.error(
                "Expression size has exceeded the maximum allowed size; expression size: \(source.count)")
        }
        lexer = Lexer(source)
        token = Token(kind: .end, text: "", range: 0..<0)
        try advance()
        previous = nil
        if token.kind == .end { throw kind.error("The expression can not be empty;") }
    }

    /// Takes the current token and moves to the next.
    @discardableResult
    mutating func advance() throws(DynamoDBError) -> Token {
        let taken = token
        guard let next = lexer.next() else {
            let start = (previous == nil ? token : taken).range.lowerBound
            let character = lexer.lastCharacter
            _ = lexer.next()
            throw syntaxError(token: character, from: start, to: lexer.position)
        }
        previous = taken
        token = next
        return taken
    }

    /// Takes the sign if it is next.
    mutating func accept(_ sign: Token.Sign) throws(DynamoDBError) -> Bool {
        guard token.kind == .sign(sign) else { return false }
        try advance()
        return true
    }

    mutating func expect(_ sign: Token.Sign) throws(DynamoDBError) {
        guard try accept(sign) else { throw unexpectedToken() }
    }

    /// Takes the keyword if it is next.
    mutating func accept(keyword: String) throws(DynamoDBError) -> Bool {
        guard token.isKeyword(keyword) else { return false }
        try advance()
        return true
    }

    /// Whether an opening parenthesis follows the current token.
    var isFunctionCall: Bool {
        var ahead = lexer
        return ahead.next()?.kind == .sign(.openParenthesis)
    }

    func expectEnd() throws(DynamoDBError) {
        if token.kind != .end { throw unexpectedToken() }
    }

    /// Counts an operator or function against AWS's limit.
    mutating func countOperator() throws(DynamoDBError) {
        operatorCount += 1
        guard operatorCount <= Limits.expressionOperators else {
            throw kind.error(
                "The expression contains too many operators; operator count: \(operatorCount)")
        }
    }

    /// Runs `body` one level deeper. Bounds the stack: no valid expression nests deeper than it has operators.
    mutating func nested<Result>(
        _ body: (inout ExpressionParser) throws(DynamoDBError) -> Result
    ) throws(DynamoDBError) -> Result {
        guard depth <= Limits.expressionOperators else { throw unexpectedToken() }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }

    // MARK: Document paths

    /// `name(.name | [index])*`, where each name may be a `#reference`.
    mutating func documentPath() throws(DynamoDBError) -> DocumentPath {
        let attribute = try attributeName()
        var steps: [DocumentPath.Step] = []
        while true {
            if try accept(.dot) {
                steps.append(.member(ExactString(try attributeName())))
            } else if try accept(.openBracket) {
                guard token.kind == .integer else { throw unexpectedToken() }
                guard let index = Int(token.text), index <= Limits.listIndex else {
                    throw kind.error("List index is not within the allowable range; index: [\(token.text)]")
                }
                try advance()
                try expect(.closeBracket)
                steps.append(.element(index))
            } else {
                break
            }
        }
        guard steps.count < Limits.nestingDepth else {
            throw kind.error(
                "The document path has too many nesting levels; nesting levels: \(steps.count + 1)")
        }
        return DocumentPath(attribute, steps)
    }

    private mutating func attributeName() throws(DynamoDBError) -> String {
        switch token.kind {
        case .nameReference:
            return try parameters.name(for: try advance().text, in: kind)
        case .identifier:
            if ReservedWords.contains(token.text) {
                throw kind.error("Attribute name is a reserved keyword; reserved keyword: \(token.text)")
            }
            return try advance().text
        default:
            throw unexpectedToken()
        }
    }

    // MARK: Errors

    /// The current token cannot stand here.
    func unexpectedToken() -> DynamoDBError {
        var ahead = lexer
        let end = ahead.next()?.range.upperBound ?? source.count
        return syntaxError(token: token.text, from: (previous ?? token).range.lowerBound, to: end)
    }

    private func syntaxError(token: String, from start: Int, to end: Int) -> DynamoDBError {
        let near = String(decoding: source[start..<max(start, end)], as: UTF8.self)
        return kind.error("Syntax error; token: \"\(token)\", near: \"\(near)\"")
    }
}
