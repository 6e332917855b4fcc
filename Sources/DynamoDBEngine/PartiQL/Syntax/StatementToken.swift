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
        case slash = "/"
        case percent = "%"
        case concatenation = "||"

        var isArithmetic: Bool { [.plus, .minus, .star, .slash, .percent, .concatenation].contains(self) }
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

/// The words that the grammar knows.
enum StatementKeyword: String {
    case all, and, `as`, asc, between, by, delete, desc, exists, `false`, from, `in`, insert, into, `is`, like, missing,
        not, null, or, order, remove, returning, select, set, `true`, update, value, `where`

    init?(_ word: String) {
        self.init(rawValue: word.lowercased())
    }
}

/// The words that are no names unless quoted.
///
/// Source: PartiQL, "Reserved keywords": those of SQL-92 and its own.
enum StatementReservedWords {
    /// Whether the word is reserved, in any case.
    static func contains(_ word: String) -> Bool {
        all.contains(word.lowercased())
    }

    /// Whether the word stands between operands.
    static func isOperator(_ word: String) -> Bool {
        operators.contains(word.lowercased())
    }

    private static let operators: Set<String> = [
        "and", "between", "except", "in", "intersect", "is", "like", "or", "union",
    ]

    private static let all = Set(text.split(whereSeparator: \.isWhitespace).map(String.init))

    private static let text = """
        absolute action add all allocate alter and any are as asc assertion at authorization avg bag begin between
        bigint bit bit_length blob bool boolean by can_cast can_lossless_cast cascade cascaded case cast catalog char
        char_length character character_length check clob close coalesce collate collation column commit conflict
        connect connection constraint constraints continue convert corresponding count create cross current current_date
        current_time current_timestamp current_user cursor date date_add date_diff deallocate dec decimal declare default
        deferrable deferred delete desc describe descriptor diagnostics disconnect distinct do domain double drop else
        end end-exec escape except exception exec execute exists external extract false fetch first float for foreign
        found from full get global go goto grant group having identity immediate in index indicator initially inner
        input insensitive insert int int2 int4 int8 integer integer2 integer4 integer8 intersect interval into is
        isolation join key language last left let level like limit list local lower match max min missing modified module
        names national natural nchar new next no not nothing null nullif numeric octet_length of offset old on only open
        option or order outer output overlaps pad partial pivot position precision prepare preserve primary prior
        privileges procedure public read real references relative remove restrict returning revoke right rollback rows
        schema scroll section select session session_user set sexp size smallint some space sql sqlcode sqlerror sqlstate
        string struct substring sum symbol system_user table temporary then time timestamp to transaction translate
        translation trim true tuple union unique unknown unpivot update upper usage user using value values varchar
        varying view when whenever where with work write zone
        """
}
