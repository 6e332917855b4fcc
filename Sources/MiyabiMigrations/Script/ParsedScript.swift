/// A script taken apart into its statements.
struct ParsedScript: Equatable, Sendable {
    /// The statements, in their order.
    private(set) var statements: [SQLStatement] = []
    /// Whatever keeps the script from being run, by place: unclosed quotes and comments, commands of psql, statements that a
    /// migration may not contain.
    private(set) var faults: [ScriptFault] = []
    /// Whether the last statement has no semicolon.
    private(set) var endsOpen = false

    /// Takes `script` apart.
    ///
    /// A semicolon ends a statement unless it is quoted, in a comment, in parentheses (`CREATE RULE … DO (…; …)`) or in
    /// the `BEGIN ATOMIC … END` body of a function.
    init(_ script: String) {
        let bytes = Array(script.utf8)
        var scanner = SQLScanner(bytes)
        var range: Range<Int>?
        var words: [String] = []
        var parentheses = 0
        var bodyDepth = 0
        var scalars = ScalarCounter(bytes)
        var faultScalars = ScalarCounter(bytes)

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
            if case .psqlCommand(let name) = token {
                faults.append(
                    ScriptFault(
                        offset: faultScalars.count(before: tokenRange.lowerBound), message: Self.explain(psql: name)))
                continue
            }
            range = (range?.lowerBound ?? tokenRange.lowerBound)..<tokenRange.upperBound
            switch token {
            case .openParenthesis: parentheses += 1
            case .closeParenthesis: parentheses = max(0, parentheses - 1)
            case .word(let word):
                let previous = words.last
                words.append(word)
                guard parentheses == 0, Self.createsRoutine(words) else { continue }
                if bodyDepth == 0 {
                    if word == "ATOMIC", previous == "BEGIN" { bodyDepth = 1 }
                } else if word == "CASE" {
                    bodyDepth += 1
                } else if word == "END" {
                    bodyDepth -= 1
                }
            case .semicolon, .other, .psqlCommand: break
            }
        }
        endsOpen = range != nil
        finish()
        if let unclosed = scanner.unclosed {
            let offset = faultScalars.count(before: unclosed.start)
            let nested = unclosed.nested.map { faultScalars.count(before: $0) }
            faults.append(ScriptFault(offset: offset, message: Self.explain(unclosed.kind, nested: nested, in: script)))
        }
        faults += statements.compactMap { statement in
            statement.restriction.map { ScriptFault(offset: statement.offset, message: $0) }
        }
        faults.sort { $0.offset < $1.offset }
    }

    private static func createsRoutine(_ words: [String]) -> Bool {
        guard words.first == "CREATE" else { return false }
        let kind =
            words.dropFirst().prefix(2) == ["OR", "REPLACE"] ? words.dropFirst(3).first : words.dropFirst().first
        return kind == "FUNCTION" || kind == "PROCEDURE"
    }

    private static func explain(_ kind: SQLScanner.Unclosed.Kind, nested: Int?, in script: String) -> String {
        switch kind {
        case .string: return "the string that begins here is not closed"
        case .identifier: return "the quoted name that begins here is not closed"
        case .dollarQuote(let delimiter):
            return "the string that begins here is not closed: there is no second \(delimiter)"
        case .comment:
            guard let nested else { return "the comment that begins here is not closed" }
            let place = SourceExcerpt(file: "", script: script, offset: nested)
            return """
                the comment that begins here is not closed: the "/*" in line \(place.line), column \(place.column) opens a \
                second one inside it, as PostgreSQL nests comments
                """
        }
    }

    private static func explain(psql name: String) -> String {
        switch name {
        case "\\restrict", "\\unrestrict":
            """
            \(name) is a command of psql, not SQL. pg_dump writes \\restrict and \\unrestrict so that psql obeys no other \
            command in between; in a migration there is no psql: delete both lines.
            """
        case "\\i", "\\ir", "\\include", "\\include_relative":
            "\(name) is a command of psql, not SQL: put the statements of that file here"
        case "\\c", "\\connect":
            "\(name) is a command of psql, not SQL: a migration runs in one database, so delete the line"
        case "\\copy", "\\.":
            "\(name) is a command of psql, not SQL: use INSERT; `pg_dump --inserts` writes a dump that way"
        default:
            "\(name) is a command of psql, not SQL: the server does not know it, so write the statements themselves"
        }
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
