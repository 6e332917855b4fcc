import Logging
import Synchronization

extension Wire {
    /// Notes what a statement may leave behind, before it is sent.
    func isContained(_ sql: String) -> Bool {
        let scope = StatementScope(sql)
        if scope == .lasting { hasTraces.store(true, ordering: .relaxed) }
        return scope == .contained
    }

    /// Ends whatever transaction is open, and discards settings, locks, temporary tables and whatever else may be left.
    /// Closes the connection where that fails or the server does not answer in time.
    nonisolated func reset() async {
        do {
            try await inTurn(shielded: true) { wire in
                guard wire.handle != nil else { return }
                wire.reactor.setDeadline(.now + Cancellation.patience, for: wire)
                defer { wire.reactor.setDeadline(nil, for: wire) }
                if try wire.ready().transactionStatus != .idle { _ = try await wire.script("ROLLBACK") }
                if wire.hasTraces.load(ordering: .relaxed) {
                    _ = try await wire.script("DISCARD ALL")
                    wire.hasTraces.store(false, ordering: .relaxed)
                }
            }
        } catch {
            logger.warning("Closing a PostgreSQL connection that cannot be reset: \(error)")
            await shut()
        }
    }

    /// Whether the server answers. If not, the connection is closed.
    nonisolated func probe() async {
        do {
            // The protocol's empty statement: one round trip, nothing to plan or run.
            _ = try await inTurn(shielded: true) { wire in _ = try await wire.script("") }
        } catch {
            logger.debug("A PostgreSQL connection is dead: \(error)")
            await shut()
        }
    }
}
