import DynamoDB

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

/// The names of types, after `IS`.
extension StatementParser {
    /// Takes the name of a type, which AWS calls by the name returned; nil if none is next.
    mutating func statementType() throws(DynamoDBError) -> String? {
        guard token.kind == .word, let type = StatementParser.types[token.text.lowercased()] else { return nil }
        guard let second = type.second else {
            try advance()
            return type.name
        }
        // `CHARACTER` stands alone too.
        guard try nextToken.kind == .word, try nextToken.text.lowercased() == second else {
            guard type.standsAlone else { return nil }
            try advance()
            return type.name
        }
        try advance()
        try advance()
        return "\(type.name)_\(second.uppercased())"
    }

    private struct TypeName {
        let name: String
        var second: String?
        var standsAlone = true
    }

    /// By the words that name them.
    private static let types: [String: TypeName] = {
        var types: [String: TypeName] = [
            "double": TypeName(name: "DOUBLE", second: "precision", standsAlone: false),
            "character": TypeName(name: "CHARACTER", second: "varying"),
            "char": TypeName(name: "CHARACTER", second: "varying"),
        ]
        let plain = [
            "any", "bag", "blob", "boolean", "clob", "date", "decimal", "float", "integer", "integer4", "integer8",
            "list", "missing", "null", "numeric", "real", "sexp", "smallint", "string", "struct", "symbol", "time",
            "timestamp", "tuple",
        ]
        for name in plain { types[name] = TypeName(name: name.uppercased()) }
        let aliases = [
            "varchar": "CHARACTER_VARYING", "dec": "DECIMAL", "int": "INTEGER", "int2": "SMALLINT",
            "integer2": "SMALLINT", "int4": "INTEGER4", "int8": "INTEGER8", "bigint": "INTEGER8", "bool": "BOOLEAN",
        ]
        for (alias, name) in aliases { types[alias] = TypeName(name: name) }
        return types
    }()
}

extension AttributeType {
    /// The type that PartiQL calls by the name; nil for one that DynamoDB does not test.
    init?(statementType name: String) {
        switch name {
        case "NULL": self = .null
        case "BOOLEAN": self = .bool
        case "BLOB": self = .binary
        case "STRING": self = .string
        case "NUMERIC": self = .number
        case "STRUCT", "TUPLE": self = .map
        case "LIST": self = .list
        default: return nil
        }
    }
}
