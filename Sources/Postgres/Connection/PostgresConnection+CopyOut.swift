/// The data of a COPY out, piece by piece, in constant memory. Only valid inside the closure that it is given to, and only
/// to be iterated once.
public struct PostgresCopyData: AsyncSequence {
    /// Bytes: one whole row, line break included, in the text and CSV formats.
    public typealias Element = [UInt8]

    let wire: Wire
    let sql: String

    /// Begins to read; a second iterator goes on where the first one stopped.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(wire: wire, sql: sql) }

    /// Takes data from the server; a slow reader slows the server down.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let wire: Wire
        let sql: String

        /// The next piece; `nil` at the end.
        /// - Throws: `PostgresError` when the statement fails; `CancellationError`.
        public func next() async throws -> [UInt8]? { try await next(isolation: nil) }

        /// The next piece; `nil` at the end.
        /// - Throws: `PostgresError` when the statement fails; `CancellationError`.
        public func next(isolation actor: isolated (any Actor)?) async throws -> [UInt8]? {
            do {
                return try await wire.nextCopyData()
            } catch let error as PostgresError {
                throw error.inQuery(sql)
            }
        }
    }
}

extension PostgresConnection {
    /// Runs `COPY … TO STDOUT` and gives its data to `body` as the server sends it. If `body` ends before it has seen the
    /// end, the statement is cancelled on the server, and what it did is undone: a transaction around it goes on. While
    /// `body` runs, the connection can do nothing else.
    /// - Parameter sql: the statement, such as `COPY events TO STDOUT (FORMAT csv)`.
    /// - Throws: what `body` throws, among it what iterating throws; `PostgresError`; `CancellationError`.
    @discardableResult
    public nonisolated(nonsending) func copyOut<R>(
        _ sql: String, fileID: String = #fileID, line: Int = #line,
        _ body: nonisolated(nonsending) (PostgresCopyData) async throws -> R
    ) async throws -> R {
        try await tracing.span(sql, at: CallSite(fileID: fileID, line: line)) { try await copyOut(of: sql, body) }
    }

    private nonisolated(nonsending) func copyOut<R>(
        of sql: String, _ body: nonisolated(nonsending) (PostgresCopyData) async throws -> R
    ) async throws -> R {
        do {
            try await wire.beginCopyOut(sql)
        } catch let error as PostgresError {
            throw error.inQuery(sql)
        }
        do {
            let value = try await body(PostgresCopyData(wire: wire, sql: sql))
            try await wire.endCopyOut()
            return value
        } catch {
            await endAfterFailure("A COPY") { try await wire.endCopyOut() }
            throw error
        }
    }
}

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
