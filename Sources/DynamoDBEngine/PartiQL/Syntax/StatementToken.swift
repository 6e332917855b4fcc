/// One word of a PartiQL statement.
struct StatementToken: Equatable {
    enum Kind: Equatable {
        /// A keyword, a name or a function.
        case word
        /// `"name"`
        case quotedName
        /// `'text'`
        case string
        case number
        /// `?`
        case parameter
        case sign(Sign)
        /// The end of the statement.
        case end
    }

    enum Sign: String {
        case equal = "="
        case notEqual = "<>"
        case exclamationEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case openBag = "<<"
        case closeBag = ">>"
        case openParenthesis = "("
        case closeParenthesis = ")"
        case openBracket = "["
        case closeBracket = "]"
        case openBrace = "{"
        case closeBrace = "}"
        case comma = ","
        case dot = "."
        case colon = ":"
        case semicolon = ";"
        case star = "*"
        case plus = "+"
        case minus = "-"
    }

    let kind: Kind
    /// The token as meant: without the quotes of names and strings.
    let text: String
    /// Where it stands, in UTF-8 bytes from the statement's start.
    let range: Range<Int>

    /// Whether this is the keyword, in any case.
    func isKeyword(_ keyword: StatementKeyword) -> Bool {
        kind == .word && StatementKeyword(text) == keyword
    }
}

/// The words that are no names unless quoted.
enum StatementKeyword: String, CaseIterable {
    case all, and, `as`, asc, between, by, delete, desc, exists, `false`, from, `in`, insert, into, `is`, like, missing,
        not, null, or, order, remove, returning, select, set, `true`, update, value, `where`

    init?(_ word: String) {
        self.init(rawValue: word.lowercased())
    }

    /// Whether it stands between operands or after one.
    var isOperator: Bool {
        switch self {
        case .between, .in, .is, .like: true
        default: false
        }
    }
}
