internal import DynamoDB

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
