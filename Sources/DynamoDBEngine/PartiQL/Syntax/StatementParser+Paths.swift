internal import DynamoDB

/// Names and document paths:
///
/// ```
/// path = name (. name | [ index ] | [ 'name' ])*
/// name = word | "name"
/// ```
extension StatementParser {
    /// Whether the current token is a keyword.
    var isKeyword: Bool { token.kind == .word && StatementKeyword(token.text) != nil }

    mutating func name() throws(DynamoDBError) -> String {
        guard token.kind == .quotedName || token.kind == .word && !isKeyword else { throw unexpectedToken() }
        return try advance().text
    }

    mutating func documentPath() throws(DynamoDBError) -> DocumentPath {
        let attribute = try name()
        var steps: [DocumentPath.Step] = []
        while true {
            if try accept(.dot) {
                guard !isKeyword else { throw .malformedStatement("Invalid path dot component") }
                steps.append(.member(ExactString(try name())))
            } else if try accept(.openBracket) {
                steps.append(
                    token.kind == .string ? .member(ExactString(try advance().text)) : .element(try index()))
                try expect(.closeBracket)
            } else {
                return DocumentPath(attribute, steps)
            }
        }
    }

    private mutating func index() throws(DynamoDBError) -> Int {
        let isNegative = try accept(.minus)
        let digits = token
        guard token.kind == .number, let index = Int(token.text) else { throw unexpectedToken() }
        try advance()
        guard !isNegative || index == 0 else {
            throw .validation(
                "List index is not within the allowable range; index: [-\(index)] at \(place(of: digits))")
        }
        return index
    }
}
