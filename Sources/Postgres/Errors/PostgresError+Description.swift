extension PostgresError: CustomStringConvertible {
    /// One line that holds no values: code, SQLSTATE, message, the names of what is concerned, hint, statement text.
    ///
    /// In messages of SQLSTATE class 22 (data exceptions), which quote the offending value, quoted parts are left out.
    public var description: String {
        var text = "PostgresError(\(code)"
        if let sqlState { text += ", SQLSTATE \(sqlState)" }
        text += "): \(safeMessage)"
        let names = [
            ("schema", schemaName), ("table", tableName), ("column", columnName ?? decodingColumn),
            ("constraint", constraintName), ("type", dataTypeName),
        ]
        for case (let label, let name?) in names { text += " [\(label) \(name)]" }
        if let hint { text += "; hint: \(hint)" }
        if let position { text += "; at character \(position)" }
        if let query { text += "; query: \(query)" }
        if let transactionStep { text += "; step: \(transactionStep.rawValue)" }
        if let rollBackFailure { text += "; ROLLBACK failed: \(rollBackFailure)" }
        if let site { text += "; called at \(site)" }
        return text
    }

    /// Everything that is known, row values included: for a developer's eyes, not for logs.
    public var detailedDescription: String {
        var text = "PostgresError(\(code)"
        if let sqlState { text += ", SQLSTATE \(sqlState)" }
        text += "): \(message)"
        let parts = [
            ("Detail", detail), ("Hint", hint), ("Context", server?.context),
            ("Internal query", server?.internalQuery), ("Column", columnName ?? decodingColumn),
            ("Table", tableName), ("Constraint", constraintName), ("Position", position.map(String.init)),
            ("Query", query), ("Step", transactionStep?.rawValue),
            ("ROLLBACK failed", rollBackFailure), ("Called at", site?.description),
        ]
        for case (let label, let value?) in parts { text += "\n\(label): \(value)" }
        return text
    }

    private var safeMessage: String {
        sqlState?.hasPrefix("22") == true ? Redaction.hidingQuotedText(in: message) : message
    }
}

/// Removes values from texts that others wrote.
enum Redaction {
    /// Replaces what stands between double quotes. A last, unclosed quote hides the rest.
    static func hidingQuotedText(in text: String) -> String {
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        return parts.enumerated()
            .map { index, part in index.isMultiple(of: 2) ? String(part) : "\"…\"" }
            .joined()
    }
}

extension PostgresError {
    /// The fields of a server's error report, as the PostgreSQL manual's "Error and Notice Message Fields" lists them.
    public struct ServerFields: Sendable, Hashable {
        /// `ERROR`, `FATAL` or `PANIC`; in a notice `WARNING`, `NOTICE`, `DEBUG`, `INFO` or `LOG`. Never localised.
        public var severity: String
        /// The five-character SQLSTATE; `nil` when the report was made by libpq itself.
        public var sqlState: String?
        /// The primary message.
        public var message: String
        /// A second message with more about the problem. It may quote row values.
        public var detail: String?
        /// A suggestion what to do.
        public var hint: String?
        /// Where in the statement the error lies: a character index, counted from 1.
        public var position: Int?
        /// Like `position`, in `internalQuery`.
        public var internalPosition: Int?
        /// A statement that the server generated itself, for instance in a PL/pgSQL function.
        public var internalQuery: String?
        /// The call stack in the server: functions, their lines, and statements, one a line.
        public var context: String?
        /// The schema that the error concerns.
        public var schemaName: String?
        /// The table that the error concerns.
        public var tableName: String?
        /// The column that the error concerns.
        public var columnName: String?
        /// The data type that the error concerns.
        public var dataTypeName: String?
        /// The constraint that was violated.
        public var constraintName: String?
        /// The routine in the server's source that reported the error.
        public var routine: String?

        /// The server ends the session with it.
        var endsSession: Bool { severity == "FATAL" || severity == "PANIC" }
    }
}
