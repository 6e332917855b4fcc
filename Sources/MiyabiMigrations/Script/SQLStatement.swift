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
