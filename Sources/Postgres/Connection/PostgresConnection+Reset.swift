import Synchronization

extension PostgresConnection {
    /// Undoes what the last user left behind, so that the next one finds a connection like a new one. Costs nothing
    /// when that is nothing. A connection that cannot be reset is closed.
    nonisolated(nonsending) func reset() async {
        transactionDepth.withLock { $0 = 0 }
        guard wire.status.load(ordering: .acquiring) != .idle || wire.hasTraces.load(ordering: .relaxed) else { return }
        await wire.reset()
    }
}
