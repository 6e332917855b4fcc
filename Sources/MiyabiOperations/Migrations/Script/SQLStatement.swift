/// One statement of a script, and where in the script it stands.
struct SQLStatement: Equatable, Sendable {
    /// From the statement's first token to its last, without the semicolon.
    let text: String
    /// How many Unicode scalars of the script precede ``text``. The server counts positions in the same unit.
    let offset: Int
    /// The bare words outside quotes, in upper case and in their order.
    let words: [String]

    /// The statements of `script`.
    ///
    /// A semicolon ends a statement unless it is quoted, in a comment, in parentheses (`CREATE RULE … DO (…; …)`) or in
    /// the `BEGIN ATOMIC … END` body of a function.
    static func split(_ script: String) -> [SQLStatement] {
        let bytes = Array(script.utf8)
        var scanner = SQLScanner(bytes)
        var statements: [SQLStatement] = []
        var range: Range<Int>?
        var words: [String] = []
        var parentheses = 0
        var bodyDepth = 0
        var scalars = ScalarCounter(bytes)

        func finish() {
            guard let found = range else { return }
            statements.append(
                SQLStatement(
                    text: String(decoding: bytes[found], as: UTF8.self),
                    offset: scalars.count(before: found.lowerBound),
                    words: words))
            range = nil
            words = []
            parentheses = 0
            bodyDepth = 0
        }

        while let (token, tokenRange) = scanner.next() {
            if token == .semicolon, parentheses == 0, bodyDepth == 0 {
                finish()
                continue
            }
            range = (range?.lowerBound ?? tokenRange.lowerBound)..<tokenRange.upperBound
            switch token {
            case .openParenthesis: parentheses += 1
            case .closeParenthesis: parentheses = max(0, parentheses - 1)
            case .word(let word):
                let previous = words.last
                words.append(word)
                guard parentheses == 0, createsRoutine(words) else { continue }
                if bodyDepth == 0 {
                    if word == "ATOMIC", previous == "BEGIN" { bodyDepth = 1 }
                } else if word == "CASE" {
                    bodyDepth += 1
                } else if word == "END" {
                    bodyDepth -= 1
                }
            case .semicolon, .other: break
            }
        }
        finish()
        return statements
    }

    private static func createsRoutine(_ words: [String]) -> Bool {
        guard words.first == "CREATE" else { return false }
        let kind =
            words.dropFirst().prefix(2) == ["OR", "REPLACE"] ? words.dropFirst(3).first : words.dropFirst().first
        return kind == "FUNCTION" || kind == "PROCEDURE"
    }
}

/// Turns byte offsets that only grow into counts of Unicode scalars, in one pass.
private struct ScalarCounter {
    private let bytes: [UInt8]
    private var offset = 0
    private var scalars = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func count(before end: Int) -> Int {
        scalars += bytes[offset..<end].count { $0 & 0xC0 != 0x80 }
        offset = end
        return scalars
    }
}
