extension SQLStatement {
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
            "COPY … FROM STDIN needs data from the client, and a migration has none; use INSERT"
        default: nil
        }
    }

    private var transactionRestriction: String {
        "\(words[0]) is not allowed in a migration: the migrator begins and ends the transaction, so that the script and"
            + " its row in _sqlx_migrations are committed together"
    }
}
