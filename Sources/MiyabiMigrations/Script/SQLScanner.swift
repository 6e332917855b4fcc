/// Reads the tokens of a PostgreSQL script that matter for finding where its statements end.
///
/// It follows the server's lexical rules: nested comments, standard-conforming, escape and dollar-quoted strings, quoted
/// identifiers (PostgreSQL manual, section 4.1, "Lexical Structure"). A quote or comment that is not closed runs to the end
/// of the script, and is what ``unclosed`` tells.
struct SQLScanner {
    enum Token: Equatable {
        /// A bare word, in upper case.
        case word(String)
        case semicolon
        case openParenthesis
        case closeParenthesis
        /// A backslash outside quotes, which SQL does not have, with the word after it; psql reads such a line to its end.
        case psqlCommand(String)
        /// Whatever else, a string or one byte of an operator, say.
        case other
    }

    /// A quote or comment that the script opens and does not close.
    struct Unclosed: Equatable {
        enum Kind: Equatable {
            case string, identifier, comment
            case dollarQuote(String)
        }

        let kind: Kind
        /// The offset of the byte that opens it.
        let start: Int
        /// For a comment: the offset of the last "/*" inside it.
        var nested: Int?
    }

    private let bytes: [UInt8]
    /// What the script leaves open; known when ``next()`` has returned nil.
    private(set) var unclosed: Unclosed?
    /// The offset of the first byte that is not yet read.
    private(set) var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads the next token, and its bytes' range; nil at the end.
    mutating func next() -> (token: Token, range: Range<Int>)? {
        skipBlanks()
        guard let first = peek() else { return nil }
        let start = position
        position += 1
        let token: Token
        switch first {
        case UInt8(ascii: ";"): token = .semicolon
        case UInt8(ascii: "("): token = .openParenthesis
        case UInt8(ascii: ")"): token = .closeParenthesis
        case UInt8(ascii: "'"), UInt8(ascii: "\""):
            skipQuoted(by: first)
            token = .other
        case UInt8(ascii: "\\"): token = psqlCommand(from: start)
        case UInt8(ascii: "$"):
            skipDollarQuoted()
            token = .other
        case _ where Self.startsWord(first):
            token = word(from: start)
        default: token = .other
        }
        return (token, start..<position)
    }

    private func peek(_ distance: Int = 0) -> UInt8? {
        position + distance < bytes.count ? bytes[position + distance] : nil
    }

    private mutating func word(from start: Int) -> Token {
        while let byte = peek(), Self.continuesWord(byte) { position += 1 }
        let word = bytes[start..<position]
        if word.count == 1, word[start] | 0x20 == UInt8(ascii: "e"), peek() == UInt8(ascii: "'") {
            position += 1
            skipEscapeString()
            return .other
        }
        return .word(String(decoding: word.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }, as: UTF8.self))
    }

    private mutating func psqlCommand(from start: Int) -> Token {
        while let byte = peek(), byte > UInt8(ascii: " ") { position += 1 }
        let name = String(decoding: bytes[start..<position], as: UTF8.self)
        while let byte = peek(), byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") { position += 1 }
        return .psqlCommand(name)
    }

    /// Skips white space and comments; true when there was a line end among them.
    @discardableResult
    private mutating func skipBlanks() -> Bool {
        var sawLineEnd = false
        while let byte = peek() {
            switch (byte, peek(1)) {
            case (UInt8(ascii: "\n"), _), (UInt8(ascii: "\r"), _):
                sawLineEnd = true
                position += 1
            case (UInt8(ascii: " "), _), (UInt8(ascii: "\t"), _), (0x0B, _), (0x0C, _):
                position += 1
            case (UInt8(ascii: "-"), UInt8(ascii: "-")):
                while let next = peek(), next != UInt8(ascii: "\n"), next != UInt8(ascii: "\r") { position += 1 }
            case (UInt8(ascii: "/"), UInt8(ascii: "*")):
                skipBlockComment()
            default:
                return sawLineEnd
            }
        }
        return sawLineEnd
    }

    private mutating func skipBlockComment() {
        let start = position
        var nested: Int?
        var depth = 0
        while let byte = peek() {
            switch (byte, peek(1)) {
            case (UInt8(ascii: "/"), UInt8(ascii: "*")):
                if depth > 0 { nested = position }
                depth += 1
                position += 2
            case (UInt8(ascii: "*"), UInt8(ascii: "/")):
                depth -= 1
                position += 2
                if depth == 0 { return }
            default:
                position += 1
            }
        }
        unclosed = Unclosed(kind: .comment, start: start, nested: nested)
    }

    /// Skips to the closing quote; a doubled quote stands for one.
    private mutating func skipQuoted(by quote: UInt8) {
        let start = position - 1
        while let byte = peek() {
            position += 1
            guard byte == quote else { continue }
            guard peek() == quote else { return }
            position += 1
        }
        unclosed = Unclosed(kind: quote == UInt8(ascii: "'") ? .string : .identifier, start: start)
    }

    /// Skips the rest of an `E'…'` string, and the parts that continue it on later lines, which need no `E`.
    private mutating func skipEscapeString() {
        var start = position - 1
        while let byte = peek() {
            position += 1
            if byte == UInt8(ascii: "\\") {
                position = min(position + 1, bytes.count)
            } else if byte == UInt8(ascii: "'") {
                if peek() == UInt8(ascii: "'") {
                    position += 1
                    continue
                }
                let end = position
                guard skipBlanks(), peek() == UInt8(ascii: "'") else {
                    position = end
                    return
                }
                start = position
                position += 1
            }
        }
        unclosed = Unclosed(kind: .string, start: start)
    }

    /// Skips the rest of `$tag$ … $tag$`; a dollar sign that opens no such string stands alone (`$1`).
    private mutating func skipDollarQuoted() {
        let start = position - 1
        var end = position
        if end < bytes.count, Self.startsWord(bytes[end]) {
            while end < bytes.count, Self.continuesWord(bytes[end]), bytes[end] != UInt8(ascii: "$") { end += 1 }
        }
        guard end < bytes.count, bytes[end] == UInt8(ascii: "$") else { return }
        let delimiter = bytes[start...end]
        position = end + 1
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "$"), bytes[position...].starts(with: delimiter) {
                position += delimiter.count
                return
            }
            position += 1
        }
        unclosed = Unclosed(kind: .dollarQuote(String(decoding: delimiter, as: UTF8.self)), start: start)
    }

    private static func startsWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte == UInt8(ascii: "_") || (0x61...0x7A).contains(byte | 0x20)
    }

    private static func continuesWord(_ byte: UInt8) -> Bool {
        startsWord(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "$")
    }
}

/// One statement of a script, and where in the script it stands.
struct SQLStatement: Equatable, Sendable {
    /// From the statement's first token to its last, without the semicolon.
    let text: String
    /// How many Unicode scalars of the script precede ``text``. The server counts positions in the same unit.
    let offset: Int
    /// The bare words outside quotes, in upper case and in their order.
    let words: [String]

    /// Why a migration may not contain this statement; nil when it may.
    ///
    /// The migrator owns the transaction: a script's own COMMIT would part the script from its bookkeeping.
    var restriction: String? {
        switch words.first {
        case "BEGIN", "COMMIT", "END", "ABORT": transactionRestriction
        case "START" where words.dropFirst().first == "TRANSACTION": transactionRestriction
        case "PREPARE" where words.dropFirst().first == "TRANSACTION": transactionRestriction
        case "ROLLBACK" where !words.contains("TO"): transactionRestriction
        case "COPY" where words.contains("STDIN"):
            """
            COPY … FROM STDIN needs data from the client, and a migration has none. Use INSERT; `pg_dump --inserts` writes \
            a dump that way.
            """
        default: nil
        }
    }

    private var transactionRestriction: String {
        "\(words[0]) is not allowed in a migration: the migrator begins and ends the transaction, so that the script and"
            + " the row that records it are committed together"
    }
}

/// What keeps a script from being run as it stands, and where it begins.
struct ScriptFault: Equatable, Sendable {
    /// How many Unicode scalars of the script precede it.
    let offset: Int
    /// What is wrong and what to do.
    let message: String
}
