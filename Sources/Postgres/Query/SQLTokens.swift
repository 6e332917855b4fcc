/// The tokens of a statement, as PostgreSQL's manual has them ("Lexical Structure"), as far as `StatementScope` needs them:
/// comments are left out, and of literals only that they are there. What is not closed reaches to the end.
struct SQLTokens: Sequence, IteratorProtocol {
    enum Token: Equatable {
        /// A keyword or a name without quotes, in small letters.
        case word(String)
        /// A name between double quotes.
        case quoted(String)
        /// A name as `U&"d\0061t\+000061"`.
        case escaped
        /// A literal or a parameter.
        case value
        /// Anything else, one character.
        case symbol(Unicode.Scalar)
    }

    private let bytes: [UInt8]
    private var position = 0

    init(_ sql: String) { bytes = Array(sql.utf8) }

    mutating func next() -> Token? {
        skipBlanksAndComments()
        guard let first = byte() else { return nil }
        switch first {
        case UInt8(ascii: "'"):
            skipQuoted(first, escapes: false)
            return .value
        case UInt8(ascii: "\""): return .quoted(quotedName())
        case UInt8(ascii: "$"): return dollar()
        case _ where Self.isDigit(first):
            skip { Self.isNamePart($0) || $0 == UInt8(ascii: ".") }
            return .value
        case _ where Self.isNameStart(first): return name()
        default:
            position += 1
            return .symbol(Unicode.Scalar(first))
        }
    }

    // MARK: Names

    private mutating func name() -> Token {
        let start = position
        skip(Self.isNamePart)
        let word = String(decoding: bytes[start..<position], as: UTF8.self).lowercased()
        switch (word, byte()) {
        case ("e", UInt8(ascii: "'")):
            skipQuoted(UInt8(ascii: "'"), escapes: true)
            return .value
        case ("b", UInt8(ascii: "'")), ("x", UInt8(ascii: "'")), ("n", UInt8(ascii: "'")):
            skipQuoted(UInt8(ascii: "'"), escapes: false)
            return .value
        case ("u", UInt8(ascii: "&")) where byte(1) == UInt8(ascii: "'") || byte(1) == UInt8(ascii: "\""):
            position += 1
            let quote = bytes[position]
            skipQuoted(quote, escapes: false)
            return quote == UInt8(ascii: "'") ? .value : .escaped
        default: return .word(word)
        }
    }

    private mutating func quotedName() -> String {
        let start = position + 1
        skipQuoted(UInt8(ascii: "\""), escapes: false)
        let end = Swift.max(start, bytes[position - 1] == UInt8(ascii: "\"") ? position - 1 : position)
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    // MARK: What is skipped

    /// A parameter, `$1`, or a literal between dollar signs, `$tag$ … $tag$`.
    private mutating func dollar() -> Token {
        let start = position
        position += 1
        if let next = byte(), Self.isDigit(next) {
            skip(Self.isDigit)
            return .value
        }
        skip { Self.isNamePart($0) && $0 != UInt8(ascii: "$") }
        guard byte() == UInt8(ascii: "$") else {
            position = start + 1
            return .symbol("$")
        }
        position += 1
        let tag = bytes[start..<position]
        while position < bytes.count {
            if bytes[position...].starts(with: tag) {
                position += tag.count
                return .value
            }
            position += 1
        }
        return .value
    }

    private mutating func skipBlanksAndComments() {
        while let byte = byte() {
            switch byte {
            case 9...13, UInt8(ascii: " "): position += 1
            case UInt8(ascii: "-") where self.byte(1) == UInt8(ascii: "-"):
                skip { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
            case UInt8(ascii: "/") where self.byte(1) == UInt8(ascii: "*"): skipComment()
            default: return
            }
        }
    }

    /// Comments between `/*` and `*/` nest.
    private mutating func skipComment() {
        var depth = 0
        repeat {
            switch (byte(), byte(1)) {
            case (UInt8(ascii: "/"), UInt8(ascii: "*")):
                depth += 1
                position += 2
            case (UInt8(ascii: "*"), UInt8(ascii: "/")):
                depth -= 1
                position += 2
            case (nil, _): return
            default: position += 1
            }
        } while depth > 0
    }

    /// From one quote to the next that is not doubled or, where backslashes escape, behind one.
    private mutating func skipQuoted(_ quote: UInt8, escapes: Bool) {
        position += 1
        while let byte = byte() {
            position += 1
            if escapes, byte == UInt8(ascii: "\\") {
                position = Swift.min(position + 1, bytes.count)
            } else if byte == quote {
                guard self.byte() == quote else { return }
                position += 1
            }
        }
    }

    private mutating func skip(_ isPart: (UInt8) -> Bool) {
        while let byte = byte(), isPart(byte) { position += 1 }
    }

    private func byte(_ offset: Int = 0) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isNameStart(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        isNameStart(byte) || isDigit(byte) || byte == UInt8(ascii: "$")
    }
}
