/// The rows of a running statement, in constant memory. Only valid inside the closure that it is given to, and only to
/// be iterated once.
public struct PostgresRowStream: AsyncSequence {
    /// What iteration yields.
    public typealias Element = PostgresRow

    let wire: Wire
    let source: ResultSource

    /// Begins to read; a second iterator goes on where the first one stopped.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(wire: wire, source: source) }

    /// Fetches rows from the server in pieces of what has arrived.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let wire: Wire
        let source: ResultSource
        /// Rows that have been fetched, and how many of them have been given out.
        private var rows: ResultHandle?
        private var position = 0

        init(wire: Wire, source: ResultSource) {
            self.wire = wire
            self.source = source
        }

        /// The next row; `nil` at the end.
        /// - Throws: `PostgresError` when the statement fails; `CancellationError`.
        public mutating func next() async throws -> PostgresRow? { try await next(isolation: nil) }

        /// The next row; `nil` at the end.
        /// - Throws: `PostgresError` when the statement fails; `CancellationError`.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws -> PostgresRow? {
            if position == rows?.rowCount ?? 0 {
                (rows, position) = (nil, 0)
                do {
                    rows = try await wire.nextRows()
                } catch let error as PostgresError {
                    throw error.inQuery(source.query)
                }
            }
            guard let rows else { return nil }
            defer { position += 1 }
            return PostgresRow(result: rows, index: position, source: source)
        }
    }
}

extension PostgresConnection {
    /// Runs a statement and gives its rows to `body` one after the other, as the server delivers them, without holding
    /// more than about a thousand in memory. If `body` ends before it has seen the end, the statement is cancelled on the
    /// server, and what it did is undone: a transaction around it goes on.
    ///
    /// While `body` runs, the connection can do nothing else. A row that outlives `body` keeps up to 512 others in memory.
    /// - Throws: what `body` throws, among it what iterating throws; `PostgresError`; `CancellationError`.
    @discardableResult
    public nonisolated(nonsending) func withRows<R>(
        of query: PostgresQuery, fileID: String = #fileID, line: Int = #line,
        _ body: nonisolated(nonsending) (PostgresRowStream) async throws -> R
    ) async throws -> R {
        let site = CallSite(fileID: fileID, line: line)
        return try await tracing.span(query.sql, at: site) { try await stream(query, at: site, body) }
    }

    private nonisolated(nonsending) func stream<R>(
        _ query: PostgresQuery, at site: CallSite, _ body: nonisolated(nonsending) (PostgresRowStream) async throws -> R
    ) async throws -> R {
        do {
            try await wire.beginStream(query)
        } catch let error as PostgresError {
            throw error.inQuery(query.sql)
        }
        do {
            let value = try await body(PostgresRowStream(wire: wire, source: source(of: query, at: site)))
            try await wire.endStream()
            return value
        } catch {
            await endAfterFailure("A row stream") { try await wire.endStream() }
            throw error
        }
    }
}
