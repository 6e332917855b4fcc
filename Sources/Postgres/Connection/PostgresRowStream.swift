/// The rows of a running statement, in constant memory. Only valid inside the closure that it is given to, and only to
/// be iterated once.
public struct PostgresRowStream: AsyncSequence {
    /// What iteration yields.
    public typealias Element = PostgresRow
    fileprivate static let pieceSize = 512

    let wire: Wire
    let query: String

    /// Begins to read; a second iterator goes on where the first one stopped.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(wire: wire, query: query) }

    /// Fetches rows from the server in pieces of what has arrived.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let wire: Wire
        let query: String
        private var piece = Wire.Piece()

        init(wire: Wire, query: String) {
            self.wire = wire
            self.query = query
        }

        /// The next row; `nil` at the end.
        /// - Throws: `PostgresError` when the statement fails; `CancellationError`.
        public mutating func next() async throws -> PostgresRow? { try await next(isolation: nil) }

        /// The next row; `nil` at the end.
        /// - Throws: `PostgresError` when the statement fails; `CancellationError`.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws -> PostgresRow? {
            if piece.rows.isEmpty, piece.failure == nil {
                piece = try await wire.nextRows(limit: PostgresRowStream.pieceSize)
            }
            if piece.rows.isEmpty, let failure = piece.failure {
                piece.failure = nil
                throw (failure as? PostgresError)?.inQuery(query) ?? failure
            }
            return piece.rows.popFirst().map { PostgresRow(result: $0, index: 0, query: query) }
        }
    }
}

extension PostgresConnection {
    /// Runs a statement and gives its rows to `body` one after the other, as the server delivers them, without holding
    /// more than a few hundred in memory. If `body` ends early, the statement is cancelled on the server.
    ///
    /// While `body` runs, the connection can do nothing else.
    /// - Throws: what `body` throws, among it what iterating throws; `PostgresError`; `CancellationError`.
    @discardableResult
    public nonisolated(nonsending) func withRows<R>(
        of query: PostgresQuery, _ body: nonisolated(nonsending) (PostgresRowStream) async throws -> R
    ) async throws -> R {
        try await tracing.span(query.sql) { try await stream(query, body) }
    }

    private nonisolated(nonsending) func stream<R>(
        _ query: PostgresQuery, _ body: nonisolated(nonsending) (PostgresRowStream) async throws -> R
    ) async throws -> R {
        do {
            try await wire.beginStream(query)
        } catch let error as PostgresError {
            throw error.inQuery(query.sql)
        }
        do {
            let value = try await body(PostgresRowStream(wire: wire, query: query.sql))
            try await wire.endStream()
            return value
        } catch {
            await endAfterFailure("A row stream") { try await wire.endStream() }
            throw error
        }
    }
}
