import CLibPQ

/// Reads error and notice reports out of libpq's results.
enum ErrorFields {
    static func read(_ result: OpaquePointer?) -> PostgresError.ServerFields {
        func field(_ code: Character) -> String? {
            guard let ascii = code.asciiValue, let text = PQresultErrorField(result, Int32(ascii)) else { return nil }
            return String(cString: text)
        }
        // The letters are those of the protocol's "Error and Notice Message Fields".
        return PostgresError.ServerFields(
            severity: field("V") ?? field("S") ?? "ERROR",
            sqlState: field("C"),
            message: field("M") ?? PQresultErrorMessage(result).map(trimmed) ?? "unknown error",
            detail: field("D"),
            hint: field("H"),
            position: field("P").flatMap { Int($0) },
            internalPosition: field("p").flatMap { Int($0) },
            internalQuery: field("q"),
            context: field("W"),
            schemaName: field("s"),
            tableName: field("t"),
            columnName: field("c"),
            dataTypeName: field("d"),
            constraintName: field("n"),
            routine: field("R"))
    }

    /// Text of libpq's own without the line end that it always has.
    static func trimmed(_ text: UnsafePointer<CChar>) -> String {
        var string = String(cString: text)
        while string.last?.isWhitespace == true { string.removeLast() }
        return string
    }

    static func trimmed(_ text: UnsafeMutablePointer<CChar>) -> String { trimmed(UnsafePointer(text)) }
}
