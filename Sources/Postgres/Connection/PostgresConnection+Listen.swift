/// The notifications of some channels, in the order in which their transactions committed. Only valid inside the closure
/// that it is given to. It has no end; a lost connection is an error, since messages may have been missed.
public struct PostgresNotifications: AsyncSequence {
    /// What iteration yields.
    public typealias Element = PostgresNotification

    let wire: Wire

    /// Begins to wait; a second iterator goes on where the first one stopped.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(wire: wire) }

    /// Waits for one notification after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let wire: Wire

        /// The next notification.
        /// - Throws: `PostgresError` with code `.connectionLost`; `CancellationError`.
        public func next() async throws -> PostgresNotification? { try await next(isolation: nil) }

        /// The next notification.
        /// - Throws: `PostgresError` with code `.connectionLost`; `CancellationError`.
        public func next(isolation actor: isolated (any Actor)?) async throws -> PostgresNotification? {
            try await wire.nextNotification()
        }
    }
}

extension PostgresConnection {
    /// Listens on channels and gives `body` what other sessions send with NOTIFY, from now on. While `body` runs, the
    /// connection can do nothing else; afterwards it listens no more.
    ///
    /// Source: PostgreSQL, "LISTEN" and "NOTIFY".
    /// - Parameter channels: names, case-sensitive.
    /// - Throws: what `body` throws, among it what iterating throws; `PostgresError`; `CancellationError`.
    @discardableResult
    public nonisolated(nonsending) func withNotifications<R>(
        on channels: String..., fileID: String = #fileID, line: Int = #line,
        body: nonisolated(nonsending) (PostgresNotifications) async throws -> R
    ) async throws -> R {
        try await PostgresError.locating(CallSite(fileID: fileID, line: line)) {
            try await wire.beginListening(on: channels)
            do {
                let value = try await body(PostgresNotifications(wire: wire))
                try await wire.endListening()
                return value
            } catch {
                await endAfterFailure("Listening") { try await wire.endListening() }
                throw error
            }
        }
    }
}
