/// What a statement returned: all its rows, and what the server says it did.
public struct PostgresRows: Sendable {
    let result: ResultHandle
    let source: ResultSource

    /// The columns, in order; none for a statement that returns no rows.
    public var columns: [PostgresColumn] {
        (0..<result.columnCount).map { PostgresColumn(name: result.columnName($0), type: result.columnType($0)) }
    }

    /// What the server did, as in `INSERT 0 3` or `SELECT 10`.
    public var commandTag: String { result.commandTag }

    /// The rows selected, inserted, updated, deleted, merged or moved; 0 for statements without such a number.
    public var affectedRows: Int { result.affectedRows }

    /// Decodes every row, column by column: `rows.decode((UUID, String, Date?).self)`.
    /// - Throws: `PostgresError` with code `.decodingFailed`, also when the number of columns is not that of the types.
    public func decode<each T: PostgresDecodable>(_ types: (repeat each T).Type) throws -> [(repeat each T)] {
        try map { try $0.decode(types) }
    }
}

extension PostgresRows: RandomAccessCollection {
    /// 0
    public var startIndex: Int { 0 }
    /// The number of rows.
    public var endIndex: Int { result.rowCount }
    /// The row at `position`.
    public subscript(position: Int) -> PostgresRow {
        precondition(indices.contains(position), "row \(position) of \(result.rowCount)")
        return PostgresRow(result: result, index: position, source: source)
    }
}
