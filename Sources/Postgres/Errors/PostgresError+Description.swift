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
