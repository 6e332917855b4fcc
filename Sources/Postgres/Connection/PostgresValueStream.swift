/// The rows of a running statement, each read into a value. Like the rows, only valid inside the closure of `withRows`, and
/// only to be iterated once.
public struct PostgresValueStream<Element>: AsyncSequence {
    let rows: PostgresRowStream
    let read: @Sendable (PostgresRow) throws -> Element

    /// Begins to read; a second iterator goes on where the first one stopped.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(rows: rows.makeAsyncIterator(), read: read) }

    /// Reads a row at a time.
    public struct AsyncIterator: AsyncIteratorProtocol {
        var rows: PostgresRowStream.AsyncIterator
        let read: @Sendable (PostgresRow) throws -> Element

        /// The next value; `nil` at the end.
        /// - Throws: `PostgresError` when the statement fails or the row is not such a value; `CancellationError`.
        public mutating func next() async throws -> Element? { try await next(isolation: nil) }

        /// The next value; `nil` at the end.
        /// - Throws: `PostgresError` when the statement fails or the row is not such a value; `CancellationError`.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws -> Element? {
            try await rows.next(isolation: actor).map { row in try read(row) }
        }
    }
}

extension PostgresRowStream {
    /// The rows as tuples: see `PostgresRow.decode(_:)`.
    public func decode<each T: PostgresDecodable>(
        _ types: (repeat each T).Type
    ) -> PostgresValueStream<(repeat each T)> {
        PostgresValueStream(rows: self) { row in try row.decode(types) }
    }

    /// The rows as values of a type whose properties have the names of columns: see `PostgresRow.decode(as:names:)`.
    public func decode<T: Decodable & SendableMetatype>(
        as type: T.Type, names: PostgresColumnNames = .snakeCase
    ) -> PostgresValueStream<T> {
        PostgresValueStream(rows: self) { row in try row.decode(as: type, names: names) }
    }
}
