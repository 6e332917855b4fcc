/// One word of an expression.
struct Token: Equatable {
    enum Kind: Equatable {
        /// An attribute name, a function name or a keyword.
        case identifier
        /// `#name`
        case nameReference
        /// `:value`
        case valueReference
        /// A list index.
        case integer
        /// A comparator or other sign.
        case sign(Sign)
        /// The end of the expression.
        case end
    }

    enum Sign: String {
        case equal = "="
        case notEqual = "<>"
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case openParenthesis = "("
        case closeParenthesis = ")"
        case openBracket = "["
        case closeBracket = "]"
        case comma = ","
        case dot = "."
        case plus = "+"
        case minus = "-"
    }

    let kind: Kind
    /// The token as written.
    let text: String
    /// Where it stands, in UTF-8 bytes from the expression's start.
    let range: Range<Int>

    /// Whether this is the keyword, in any case.
    func isKeyword(_ keyword: String) -> Bool {
        kind == .identifier && text.utf8.count == keyword.utf8.count && text.uppercased() == keyword
    }
}
