internal import Postgres
internal import Synchronization

/// A migration that waits for a lock, as `pg_locks` shows it.
public struct LockWait: Sendable, Hashable, CustomStringConvertible {
    /// What is locked, such as `table public.users`, or `a transaction`.
    public let object: String
    /// The mode that the migration asks for, such as `AccessExclusiveLock`.
    public let mode: String
    /// The sessions that it waits for. They hold the lock, or asked before.
    public let holders: [MigrationLockHolder]

    /// `AccessExclusiveLock on table public.users, after pid 4711, user …`.
    public var description: String {
        let names =
            holders.isEmpty ? "somebody who let go just now" : holders.map(\.description).joined(separator: "; ")
        return "\(mode) on \(object), after \(names)"
    }
}

/// Watches a migrator's session from a second one: whom it waits for, and who waits for it.
final class LockWatch: Sendable {
    private let processID: Int32
    private let configuration: PostgresConfiguration
    private let interval: Duration
    private let last = Mutex<LockWait?>(nil)

    /// The wait that was seen last, if one was.
    var lastWait: LockWait? { last.withLock { $0 } }

    /// - Parameters:
    ///   - processID: The watched backend.
    ///   - lockTimeout: How long it may wait for a lock; the watch looks more often.
    init(processID: Int32, configuration: PostgresConfiguration, lockTimeout: Duration) throws {
        self.processID = processID
        self.configuration = try configuration.with("application_name", "miyabi migrate, watching")
        interval = lockTimeout > .zero ? min(.seconds(1), lockTimeout / 4) : .seconds(1)
    }

    /// Runs `body` and watches meanwhile; what takes less than a second is not watched.
    func during<R: Sendable>(_ onEvent: @escaping @Sendable (Event) -> Void, _ body: () async throws -> R) async throws
        -> R
    {
        try await withThrowingTaskGroup(of: Void.self) { group in
            // To watch is a courtesy: where a second connection cannot be had, the migration goes on unwatched.
            group.addTask { try? await self.watch(onEvent) }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    enum Event {
        case waits(LockWait)
        /// So many sessions wait for locks that the migration holds.
        case holdsUp(Int)
    }

    private func watch(_ onEvent: (Event) -> Void) async throws {
        try await Task.sleep(for: interval)
        try await PostgresConnection.withConnection(to: configuration) { connection in
            var told: LockWait?
            var held = 0
            while true {
                let wait = try await self.wait(on: connection)
                if let wait {
                    last.withLock { $0 = wait }
                    if wait != told { onEvent(.waits(wait)) }
                }
                told = wait
                let waiting = try await sessionsWaiting(on: connection)
                if waiting > held { onEvent(.holdsUp(waiting)) }
                held = max(held, waiting)
                try await Task.sleep(for: interval)
            }
        }
    }

    private func wait(on connection: PostgresConnection) async throws -> LockWait? {
        let locks = try await connection.query(
            """
            SELECT CASE WHEN l.relation IS NULL THEN NULL
                        WHEN c.oid IS NULL THEN 'relation ' || l.relation
                        ELSE CASE WHEN c.relkind IN ('i', 'I') THEN 'index ' WHEN c.relkind = 'v' THEN 'view '
                                  WHEN c.relkind = 'S' THEN 'sequence ' ELSE 'table ' END
                             || format('%I.%I', n.nspname, c.relname) END,
                   l.locktype, l.mode
            FROM pg_locks l
            LEFT JOIN pg_class c ON c.oid = l.relation
            LEFT JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE l.pid = \(processID) AND NOT l.granted
            """
        ).decode((String?, String, String).self)
        guard let (relation, kind, mode) = locks.first else { return nil }
        let object =
            switch kind {
            case "transactionid", "virtualxid": "the end of a transaction"
            default: relation ?? "a lock of kind \(kind)"
            }
        return LockWait(object: object, mode: mode, holders: try await .blocking(processID, on: connection))
    }

    private func sessionsWaiting(on connection: PostgresConnection) async throws -> Int {
        try await connection.query(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE wait_event_type = 'Lock' AND pid <> \(processID) AND \(processID) = ANY (pg_blocking_pids(pid))
            """
        ).decode(Int.self).first ?? 0
    }
}
