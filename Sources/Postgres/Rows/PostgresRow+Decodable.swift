/// How the names of a `Decodable` type's properties become names of columns.
public enum PostgresColumnNames: Sendable {
    /// `createdAt` is the column `created_at`, `userID` is `user_id`, `htmlURL` is `html_url`. Where there is no such
    /// column, one that differs by its underscores only is meant: `address1` is `address_1`.
    case snakeCase
    /// Names are the same.
    case same

    func column(ofKey key: String) -> String {
        guard self == .snakeCase else { return key }
        var column = ""
        let characters = Array(key)
        for (index, character) in characters.enumerated() {
            // A word begins with a capital, but for those within an abbreviation; `URLPath` is two words.
            let followsCapital = index > 0 && characters[index - 1].isUppercase
            let precedesWord = index + 1 < characters.count && characters[index + 1].isLowercase
            if character.isUppercase, index > 0, characters[index - 1] != "_", !followsCapital || precedesWord {
                column += "_"
            }
            column += character.lowercased()
        }
        return column
    }

    /// The column that a property is read from, among those that there are.
    func column(ofKey key: String, among columns: [String]) -> String {
        let column = column(ofKey: key)
        guard self == .snakeCase, !columns.contains(column) else { return column }
        let letters = column.filter { $0 != "_" }
        return columns.first { $0.lowercased().filter { $0 != "_" } == letters } ?? column
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
        source.failure("a row can be read only into a type with one property for each column")
    }

    func outOfRange<T>(_ type: T.Type, _ column: String) -> PostgresError {
        source.failure("the value does not fit into \(type)", column: column)
    }
}

extension PostgresRows {
    /// Reads every row into a type whose properties have the names of columns: see `PostgresRow.decode(as:names:)`.
    public func decode<T: Decodable>(as type: T.Type, names: PostgresColumnNames = .snakeCase) throws -> [T] {
        try map { try $0.decode(as: type, names: names) }
    }
}
