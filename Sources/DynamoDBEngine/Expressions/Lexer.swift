internal import DynamoDB

/// Splits an expression into tokens.
struct Lexer {
    private let source: [UInt8]
    /// Where the next token is looked for.
    private(set) var position = 0

    init(_ source: [UInt8]) {
        self.source = source
    }

    /// The next token, or nil where a character begins none.
    mutating func next() -> Token? {
        while position < source.count, source[position].isSpace { position += 1 }
        guard position < source.count else {
            return Token(kind: .end, text: "<EOF>", range: position..<position)
        }
        let start = position
        let kind = kind(startingWith: source[position])
        guard let kind else {
            repeat { position += 1 } while position < source.count && source[position] & 0xC0 == 0x80
            return nil
        }
        let range = start..<position
        return Token(kind: kind, text: String(decoding: source[range], as: UTF8.self), range: range)
    }

    private mutating func kind(startingWith first: UInt8) -> Token.Kind? {
        switch first {
        case UInt8(ascii: "#"), UInt8(ascii: ":"):
            position += 1
            let start = position
            skip(while: \.isNamePart)
            if start == position {
                position -= 1
                return nil
            }
            return first == UInt8(ascii: "#") ? .nameReference : .valueReference
        case _ where first.isNameStart:
            skip(while: \.isNamePart)
            return .identifier
        case _ where first.isDigit:
            skip(while: \.isDigit)
            return .integer
        default:
            return sign(startingWith: first).map { .sign($0) }
        }
    }

    private mutating func sign(startingWith first: UInt8) -> Token.Sign? {
        let second = position + 1 < source.count ? source[position + 1] : 0
        let sign: Token.Sign
        switch (first, second) {
        case (UInt8(ascii: "<"), UInt8(ascii: ">")): sign = .notEqual
        case (UInt8(ascii: "<"), UInt8(ascii: "=")): sign = .lessOrEqual
        case (UInt8(ascii: ">"), UInt8(ascii: "=")): sign = .greaterOrEqual
        case (UInt8(ascii: "="), _): sign = .equal
        case (UInt8(ascii: "<"), _): sign = .less
        case (UInt8(ascii: ">"), _): sign = .greater
        case (UInt8(ascii: "("), _): sign = .openParenthesis
        case (UInt8(ascii: ")"), _): sign = .closeParenthesis
        case (UInt8(ascii: "["), _): sign = .openBracket
        case (UInt8(ascii: "]"), _): sign = .closeBracket
        case (UInt8(ascii: ","), _): sign = .comma
        case (UInt8(ascii: "."), _): sign = .dot
        case (UInt8(ascii: "+"), _): sign = .plus
        case (UInt8(ascii: "-"), _): sign = .minus
        default: return nil
        }
        position += sign.rawValue.utf8.count
        return sign
    }

    private mutating func skip(while condition: (UInt8) -> Bool) {
        while position < source.count, condition(source[position]) { position += 1 }
    }

    /// The character that began no token, for the error.
    var lastCharacter: String {
        var start = position - 1
        while start > 0, source[start] & 0xC0 == 0x80 { start -= 1 }
        return String(decoding: source[start..<position], as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    fileprivate var isNameStart: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
    fileprivate var isNamePart: Bool { isNameStart || isDigit || self == UInt8(ascii: "_") }
}
