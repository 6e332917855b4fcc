/// How the names of a `Decodable` type's properties become names of columns.
public enum PostgresColumnNames: Sendable {
    /// `createdAt` is the column `created_at`.
    case snakeCase
    /// Names are the same.
    case same

    func column(ofKey key: String) -> String {
        guard self == .snakeCase else { return key }
        var column = ""
        for character in key {
            if character.isUppercase, !column.isEmpty { column += "_" }
            column += character.lowercased()
        }
        return column
    }

    func key(ofColumn column: String) -> String {
        guard self == .snakeCase else { return column }
        let words = column.split(separator: "_")
        return words.prefix(1).joined() + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}

extension PostgresRow {
    /// Reads the row into a type whose properties have the names of columns: `try row.decode(as: Plugin.self)`.
    ///
    /// A property whose type PostgreSQL has none for is read from a `jsonb` column. Columns without a property are passed
    /// over; an optional property may lack its column.
    /// - Throws: `PostgresError` with code `.decodingFailed`, or what decoding the JSON of a column throws.
    public func decode<T: Decodable>(as type: T.Type, names: PostgresColumnNames = .snakeCase) throws -> T {
        try T(from: RowDecoder(row: self, names: names))
    }

    var columnNames: [String] { (0..<columnCount).map { result.columnName($0) } }

    func isNull(_ column: String) throws -> Bool {
        guard let index = columnNames.firstIndex(of: column) else { return true }
        return result.isNull(row: self.index, column: index)
    }

    var shapeError: PostgresError {
        PostgresError(.decodingFailed, "a row is read into a type with one property for each column", query: query)
    }

    func outOfRange<T>(_ type: T.Type, _ column: String) -> PostgresError {
        var error = PostgresError(.decodingFailed, "the value does not fit into \(type)", query: query)
        error.decodingColumn = column
        return error
    }
}

extension PostgresRows {
    /// Reads every row into a type whose properties have the names of columns: see `PostgresRow.decode(as:names:)`.
    public func decode<T: Decodable>(as type: T.Type, names: PostgresColumnNames = .snakeCase) throws -> [T] {
        try map { try $0.decode(as: type, names: names) }
    }
}
