internal import DynamoDB

/// Names and document paths:
///
/// ```
/// path = name (. name | [ index ] | [ 'name' ])*
/// name = word | "name"
/// ```
extension StatementParser {
    /// Whether the current token is a name.
    var isName: Bool {
        token.kind == .quotedName || token.kind == .word && !StatementReservedWords.contains(token.text)
    }

    /// The name of an attribute that is read.
    mutating func name() throws(DynamoDBError) -> String {
        guard isName else { throw unexpectedToken() }
        return try advance().text
    }

    /// The path of a value that is read.
    mutating func documentPath() throws(DynamoDBError) -> DocumentPath {
        try path(from: try name())
    }

    /// The name of what is written to.
    mutating func target() throws(DynamoDBError) -> String {
        guard isName else { throw .malformedStatement("Expected identifier for simple path") }
        return try advance().text
    }

    /// The path of what is written to.
    mutating func targetPath() throws(DynamoDBError) -> DocumentPath {
        try path(from: try target())
    }

    private mutating func path(from attribute: String) throws(DynamoDBError) -> DocumentPath {
        var steps: [DocumentPath.Step] = []
        while true {
            if try accept(.dot) {
                if token.kind == .sign(.star) {
                    throw .validation("Unpivot path component like a.*.b are not supported")
                }
                guard isName else { throw .malformedStatement("Invalid path dot component") }
                steps.append(.member(ExactString(try advance().text)))
            } else if try accept(.openBracket) {
                steps.append(try bracketStep())
                try expect(.closeBracket)
            } else {
                return DocumentPath(attribute, steps)
            }
        }
    }

    private mutating func bracketStep() throws(DynamoDBError) -> DocumentPath.Step {
        if token.kind == .string { return .member(ExactString(try advance().text)) }
        if token.kind == .sign(.star) {
            throw .validation("Wildcard path component like a[*].b are not supported")
        }
        let isNegative = try accept(.minus)
        guard token.kind == .number, token.text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
            throw unexpectedToken()
        }
        let digits = try advance()
        guard let index = Int(digits.text), index <= (isNegative ? 0 : Limits.statementListIndex) else {
            throw .validation(
                "List index is not within the allowable range; index: [\(isNegative ? "-" : "")\(digits.text)] "
                    + "at \(place(of: digits))")
        }
        return .element(index)
    }
}
