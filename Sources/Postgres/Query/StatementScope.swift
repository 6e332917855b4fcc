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

    init(_ sql: String) { self.init(Array(SQLTokens(sql))[...]) }

    private init(_ tokens: ArraySlice<SQLTokens.Token>) {
        let tokens = tokens.drop { $0 == .symbol("(") }
        guard case .word(let first) = tokens.first else {
            self = .lasting
            return
        }
        switch first {
        case "explain": self = Self(explained: tokens.dropFirst())
        case "select", "with", "values", "table", "insert", "update", "delete", "merge", "copy", "fetch", "move",
            "show",
            "notify", "lock", "truncate", "analyze":
            self = Self.changesSession(tokens) ? .lasting : .contained
        case "begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release": self = .boundary
        default: self = .lasting
        }
    }

    /// EXPLAIN may run what it explains.
    private init(explained tokens: ArraySlice<SQLTokens.Token>) {
        var tokens = tokens
        // `EXPLAIN (ANALYZE, FORMAT json) SELECT`, but also `EXPLAIN (SELECT 1)`.
        if tokens.first == .symbol("("), case .word(let option) = tokens.dropFirst().first,
            !["select", "with", "values", "table"].contains(option), let end = tokens.firstIndex(of: .symbol(")"))
        {
            tokens = tokens[(end + 1)...]
        }
        self.init(tokens.drop { $0 == .word("analyze") || $0 == .word("analyse") || $0 == .word("verbose") })
    }

    /// Functions that change the session.
    private static let lastingCalls: Set = ["set_config", "setseed"]

    private static func changesSession(_ tokens: ArraySlice<SQLTokens.Token>) -> Bool {
        for (index, token) in zip(tokens.indices, tokens) {
            switch token {
            case .word("into"):
                // `SELECT … INTO TEMP t`; a table of that name can be inserted into.
                let isInsert =
                    index > tokens.startIndex && [.word("insert"), .word("merge")].contains(tokens[index - 1])
                if !isInsert, index + 1 < tokens.endIndex, case .word(let kind) = tokens[index + 1],
                    ["temp", "temporary", "local", "global"].contains(kind)
                {
                    return true
                }
            case .word(let name), .quoted(let name):
                if name == "pg_temp" || name.hasPrefix("pg_temp_") { return true }
                // Updating a row of the view changes the setting.
                if name == "pg_settings", tokens.contains(.word("update")) { return true }
                let isCall = index + 1 < tokens.endIndex && tokens[index + 1] == .symbol("(")
                if isCall, lastingCalls.contains(name) || name.contains("advisory_lock") { return true }
            case .escaped: return true  // a name in disguise
            case .symbol, .value: break
            }
        }
        return false
    }
}
