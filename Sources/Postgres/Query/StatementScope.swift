/// How far a statement's effects on its session reach, as far as its text tells.
///
/// Whatever is not known to be harmless counts as lasting. Not seen is what a function does inside that a plain
/// statement calls.
enum StatementScope {
    /// The session is after the transaction as it was before.
    case contained
    /// Begins or ends a transaction or a savepoint.
    case boundary
    /// May change settings, take session locks, make temporary tables, listen …
    case lasting

    init(_ sql: String) {
        switch Self.firstWord(of: sql) {
        case "SELECT", "WITH", "VALUES", "TABLE", "INSERT", "UPDATE", "DELETE", "MERGE", "COPY", "FETCH", "MOVE",
            "EXPLAIN", "SHOW", "NOTIFY", "LOCK", "TRUNCATE", "ANALYZE":
            self = Self.containsLastingCall(sql) ? .lasting : .contained
        case "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE": self = .boundary
        default: self = .lasting
        }
    }

    /// Functions that change the session, and the form of SELECT that makes a table for it.
    private static let lastingCalls = ["set_config", "advisory_lock", "into temp"].map(caseless)

    private static func containsLastingCall(_ sql: String) -> Bool {
        let text = caseless(sql)
        return lastingCalls.contains { text.contains($0) }
    }

    /// Letters without their case; other characters may coincide, which is harmless here.
    private static func caseless(_ text: String) -> [UInt8] { text.utf8.map { $0 | 0x20 } }

    /// In capitals; empty where the text begins with anything but a word, blanks or parentheses.
    private static func firstWord(of sql: String) -> String {
        let text = sql.utf8.drop { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: " ") || (9...13).contains($0) }
        let word = text.prefix { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) }
        return String(decoding: word, as: UTF8.self).uppercased()
    }
}
