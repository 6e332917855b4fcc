/// One row of a result. It keeps the whole result in memory.
public struct PostgresRow: Sendable {
    let result: ResultHandle
    let index: Int
    let source: ResultSource

    /// The number of columns.
    public var columnCount: Int { result.columnCount }

    /// Decodes the whole row: `let (id, name) = try row.decode((UUID, String).self)`.
    /// - Throws: `PostgresError` with code `.decodingFailed`, also when the number of columns is not that of the types.
    public func decode<each T: PostgresDecodable>(_ types: (repeat each T).Type) throws -> (repeat each T) {
        var wanted = 0
        for _ in repeat (each T).self { wanted += 1 }
        guard wanted == columnCount else {
            throw source.failure("the row has \(columnCount) columns, but \(wanted) were asked for")
        }
        var column = 0
        func next<Value: PostgresDecodable>(_ type: Value.Type) throws -> Value {
            defer { column += 1 }
            return try decode(column, as: type)
        }
        return (repeat try next((each T).self))
    }

    /// Decodes the column at an index counted from 0.
    /// - Throws: `PostgresError` with code `.decodingFailed`.
    public func decode<T: PostgresDecodable>(_ column: Int, as type: T.Type = T.self) throws -> T {
        guard (0..<columnCount).contains(column) else {
            throw source.failure("the row has \(columnCount) columns, but index \(column) was asked for")
        }
        do {
            return try result.decode(type, row: index, column: column, domains: source.domains)
        } catch let failure as PostgresDecodingFailure {
            throw source.failure(
                failure.reason(for: result.columnType(column), as: type), column: result.columnName(column))
        }
    }

    /// Decodes the first column of this name.
    /// - Throws: `PostgresError` with code `.decodingFailed`, also when there is no such column.
    public func decode<T: PostgresDecodable>(_ column: String, as type: T.Type = T.self) throws -> T {
        guard let index = (0..<columnCount).first(where: { result.columnName($0) == column }) else {
            let names = (0..<columnCount).map { result.columnName($0) }.joined(separator: ", ")
            throw source.failure("the row has no column \"\(column)\"; its columns are \(names)")
        }
        return try decode(index, as: type)
    }
}

extension PostgresDecodingFailure {
    func reason<T>(for column: PostgresType, as target: T.Type) -> String {
        switch self {
        case .typeMismatch:
            "a column of type \(column) cannot be read as \(target)"
                + (column.isUserDefined ? "; cast it in the statement, as in column::text" : "")
        case .null: "the value is NULL; read it as \(target)?"
        case .outOfRange: "the \(column) value does not fit into \(target)"
        case .malformed(let how): "the \(column) value cannot be read as \(target): \(how)"
        case .textFormat: "the \(column) value came as text, not binary"
        }
    }
}
