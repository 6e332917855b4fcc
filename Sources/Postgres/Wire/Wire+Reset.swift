import Logging
import Synchronization

extension Wire {
    /// Looks at a statement before it is sent: refuses it where a session as another role could not contain it, and notes
    /// what it may leave behind.
    func admit(_ scope: StatementScope) throws {
        guard !isConfined || scope == .contained else {
            throw PostgresError(
                .sessionMisuse, "the statement could change the session's role or settings, or end its transaction")
        }
        if scope == .lasting { hasTraces.store(true, ordering: .relaxed) }
    }

    /// Looks at a statement that runs unprepared. Only what is contained is ever prepared: all else is looked at each time.
    func admitUnprepared(_ key: StatementCache.Key) throws {
        let scope = StatementScope(key.sql)
        if scope != .contained { statements.forget(key) }
        try admit(scope)
    }

    /// Ends whatever transaction is open, and discards settings, locks, temporary tables and whatever else may be left.
    /// Closes the connection where that fails or the server does not answer in time.
    nonisolated func reset() async {
        do {
            try await inTurn(shielded: true, within: .seconds(10)) { wire in
                wire.isConfined = false
                guard wire.handle != nil else { return }
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

    /// Whether the server answers in time. If not, the connection is closed.
    nonisolated func probe(by deadline: ContinuousClock.Instant) async {
        do {
            // The protocol's empty statement: one round trip, nothing to plan or run.
            try await inTurn(shielded: true) { wire in
                wire.close(at: deadline)
                _ = try await wire.script("")
            }
        } catch {
            logger.debug("A PostgreSQL connection is dead: \(error)")
            await shut()
        }
    }
}
