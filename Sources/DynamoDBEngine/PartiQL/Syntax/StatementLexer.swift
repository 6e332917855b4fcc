internal import DynamoDB

/// Splits a PartiQL statement into tokens.
struct StatementLexer {
    private let source: [UInt8]
    private var position = 0

    init(_ source: [UInt8]) {
        self.source = source
    }

    /// - Throws: `ValidationException` where a character begins no token, or a quote or comment does not end.
    mutating func next() throws(DynamoDBError) -> StatementToken {
        try skipBlanks()
        let start = position
        guard let first = byte(at: position) else {
            return StatementToken(kind: .end, text: "", range: start..<start)
        }
        switch first {
        case UInt8(ascii: "'"):
            return try quoted(.string)
        case UInt8(ascii: "\""):
            return try quoted(.quotedName)
        case UInt8(ascii: "?"):
            position += 1
            return token(.parameter, from: start)
        case _ where first.isDigit || first == UInt8(ascii: ".") && byte(at: start + 1)?.isDigit == true:
            try skipNumber()
            return token(.number, from: start)
        case _ where first.isWordStart:
            skip { $0.isWordStart || $0.isDigit }
            return token(.word, from: start)
        default:
            let sign = try sign(startingWith: first)
            return token(.sign(sign), from: start)
        }
    }

    private func byte(at position: Int) -> UInt8? {
        position < source.count ? source[position] : nil
    }

    private func token(_ kind: StatementToken.Kind, from start: Int) -> StatementToken {
        StatementToken(
            kind: kind, text: String(decoding: source[start..<position], as: UTF8.self), range: start..<position)
    }

    private mutating func skip(while condition: (UInt8) -> Bool) {
        while let byte = byte(at: position), condition(byte) { position += 1 }
    }

    /// Skips blanks, `-- comments` to the end of their line, and `/* comments */`.
    private mutating func skipBlanks() throws(DynamoDBError) {
        while true {
            skip(while: \.isSpace)
            switch (byte(at: position), byte(at: position + 1)) {
            case (UInt8(ascii: "-"), UInt8(ascii: "-")):
                skip { $0 != UInt8(ascii: "\n") }
            case (UInt8(ascii: "/"), UInt8(ascii: "*")):
                position += 2
                while (byte(at: position), byte(at: position + 1)) != (UInt8(ascii: "*"), UInt8(ascii: "/")) {
                    guard position < source.count else { throw .malformedStatement("") }
                    position += 1
                }
                position += 2
            default:
                return
            }
        }
    }

    /// Reads what stands in quotes; a quote within is doubled.
    private mutating func quoted(_ kind: StatementToken.Kind) throws(DynamoDBError) -> StatementToken {
        let start = position
        let quote = source[start]
        var content: [UInt8] = []
        position += 1
        while let byte = byte(at: position) {
            position += 1
            if byte == quote {
                guard self.byte(at: position) == quote else {
                    return StatementToken(
                        kind: kind, text: String(decoding: content, as: UTF8.self), range: start..<position)
                }
                position += 1
            }
            content.append(byte)
        }
        throw .malformedStatement("")
    }

    /// Digits, a fraction and an exponent; the first digits may be missing before a fraction.
    private mutating func skipNumber() throws(DynamoDBError) {
        skip(while: \.isDigit)
        if byte(at: position) == UInt8(ascii: "."), byte(at: position + 1)?.isDigit == true {
            position += 1
            skip(while: \.isDigit)
        }
        guard let letter = byte(at: position), letter | 0x20 == UInt8(ascii: "e") else { return }
        position += 1
        if let sign = byte(at: position), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
        guard byte(at: position)?.isDigit == true else { throw .malformedStatement("") }
        skip(while: \.isDigit)
    }

    private mutating func sign(startingWith first: UInt8) throws(DynamoDBError) -> StatementToken.Sign {
        if let second = byte(at: position + 1),
            let sign = StatementToken.Sign(rawValue: String(decoding: [first, second], as: UTF8.self))
        {
            position += 2
            return sign
        }
        guard let sign = StatementToken.Sign(rawValue: String(decoding: [first], as: UTF8.self)) else {
            throw .malformedStatement("")
        }
        position += 1
        return sign
    }
}

extension UInt8 {
    fileprivate var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    fileprivate var isWordStart: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) || self == UInt8(ascii: "_")
            || self == UInt8(ascii: "$")
    }
}
