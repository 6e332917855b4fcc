public import Foundation
public import Postgres

/// The right to work on a run, held by one worker until it ends the run or shows no life for as long as the claim lasts:
/// a row of `dispatch.leases`. The server's clock alone decides.
public struct ExecutionClaim: Sendable, Hashable {
    /// The run, as it was when it was claimed.
    public let execution: Execution
    /// Who works on it, in its own words: a host and a process.
    public let owner: String
    /// Which attempt this is, from 1.
    public let attempt: Int
    /// How long it lasts after each heartbeat.
    public let duration: Duration
    /// Tells this claim from all others on the run.
    let token: UUID
    /// When it was asked for, on this process's clock.
    package let begun: ContinuousClock.Instant
}

/// Who works on a run, for operators.
public struct ExecutionLease: Sendable, Hashable {
    /// The worker; nil when the run was requeued and nobody has taken it yet.
    public let owner: String?
    /// How often the run was tried since it was opened or requeued.
    public let attempts: Int
    /// Until when the worker has it, if it shows no more life; by the server's clock.
    public let expiresAt: Date
    /// Whether that is over, so that the next worker who asks takes the run.
    public let isOver: Bool
}

extension ExecutionStore {
    /// Takes the runs whose workers have shown no life for as long as their claims last, then those that wait longest,
    /// and sets these running. Runs wait as long as their repository is not verified. Many workers may ask at once: each run
    /// goes to one of them, and none waits for another.
    ///
    /// A run that was tried too often fails here, instead of stopping one worker after the other.
    ///
    /// - Parameters:
    ///   - count: How many at most, 1 to 1,000.
    ///   - agents: Only runs of these agents; of all if nil.
    ///   - owner: Who works, for people to read: 1 to 255 bytes of UTF-8.
    ///   - duration: How long a claim lasts after each heartbeat, 10 milliseconds to a day.
    ///   - attempts: How often a run may be tried, from 1.
    /// - Throws: ``LeaseError`` when a parameter is out of range; `PostgresError`.
    public func claim(
        _ count: Int = 1, agents: Set<AgentType>? = nil, as owner: String, for duration: Duration = .seconds(60),
        attempts: Int = 5
    ) async throws -> [ExecutionClaim] {
        try LeaseLimits.check(owner: owner, duration: duration)
        let limit = min(max(count, 1), 1000)
        let wanted = (agents ?? Set(AgentType.allCases)).map(\.rawValue).sorted()
        let seconds = duration / .seconds(1)
        let begun = ContinuousClock.now
        let leaseColumns = "owner, token, attempts, expires_at"
        func claims(_ rows: PostgresRows) throws -> [ExecutionClaim] {
            try rows.map { row in
                ExecutionClaim(
                    execution: try Execution(row), owner: owner, attempt: try row.decode("attempts"),
                    duration: duration, token: try row.decode("token"), begun: begun)
            }.sorted {
                ($0.execution.createdAt, $0.execution.id.uuidString) < (
                    $1.execution.createdAt, $1.execution.id.uuidString
                )
            }
        }
        var taken = try claims(
            await connection.query(
                """
                WITH overdue AS MATERIALIZED (
                  SELECT lease.execution_id FROM dispatch.leases AS lease
                  JOIN agent_executions AS execution ON execution.id = lease.execution_id
                  WHERE lease.expires_at <= clock_timestamp() AND execution.status = 'running'
                    AND execution.agent_type = ANY(\(wanted)::text[])
                  ORDER BY lease.expires_at LIMIT \(limit) FOR UPDATE OF lease SKIP LOCKED
                )
                UPDATE dispatch.leases AS lease SET owner = \(owner), token = gen_random_uuid(),
                  attempts = attempts + 1, expires_at = clock_timestamp() + make_interval(secs => \(seconds)::float8)
                FROM agent_executions AS execution
                WHERE lease.execution_id IN (SELECT execution_id FROM overdue) AND execution.id = lease.execution_id
                RETURNING \(unsafeSQL: Execution.columnList), \(unsafeSQL: leaseColumns)
                """))
        for claim in taken where claim.attempt > attempts {
            try await fail(claim, "given up after \(attempts) attempts: the worker stopped in each of them")
        }
        taken.removeAll { $0.attempt > attempts }
        guard taken.count < limit else { return taken }
        let begins = try claims(
            await connection.query(
                """
                WITH next AS MATERIALIZED (
                  SELECT id FROM agent_executions WHERE status = 'pending' AND agent_type = ANY(\(wanted)::text[])
                    AND coalesce((SELECT is_verified FROM repositories WHERE id = repository_id), true)
                  ORDER BY created_at, id LIMIT \(limit - taken.count) FOR UPDATE SKIP LOCKED
                ), begun AS (
                  UPDATE agent_executions SET status = 'running', started_at = now()
                  WHERE id IN (SELECT id FROM next) RETURNING \(unsafeSQL: Execution.columnList)
                ), leased AS (
                  INSERT INTO dispatch.leases (execution_id, \(unsafeSQL: leaseColumns))
                  SELECT id, \(owner), gen_random_uuid(), 1, clock_timestamp() + make_interval(secs => \(seconds)::float8)
                  FROM begun
                  ON CONFLICT (execution_id) DO UPDATE SET owner = excluded.owner, token = excluded.token,
                    attempts = excluded.attempts, expires_at = excluded.expires_at
                  RETURNING execution_id, \(unsafeSQL: leaseColumns)
                )
                SELECT \(unsafeSQL: Execution.columnList), \(unsafeSQL: leaseColumns)
                FROM begun JOIN leased ON execution_id = id
                """))
        if !begins.isEmpty { changes.note() }
        return taken + begins
    }

    /// Shows that a claim's worker lives: the claim lasts its duration from now.
    ///
    /// - Throws: ``ExecutionError/claimLost(_:)`` when another has the run, or it has ended; `PostgresError`.
    public func renew(_ claim: ExecutionClaim) async throws {
        let seconds = claim.duration / .seconds(1)
        let count = try await connection.execute(
            """
            UPDATE dispatch.leases SET expires_at = clock_timestamp() + make_interval(secs => \(seconds)::float8)
            WHERE execution_id = \(claim.execution.id) AND token = \(claim.token)
            """)
        guard count > 0 else { throw ExecutionError.claimLost(claim.execution.id) }
    }

    /// Gives a run back that was not worked on to its end, because its worker shuts down: the next one to ask goes on
    /// with it, and it does not count as an attempt. Without effect on a claim that was lost.
    ///
    /// - Throws: `PostgresError`; then the claim expires.
    public func giveBack(_ claim: ExecutionClaim) async throws {
        try await connection.execute(
            """
            UPDATE dispatch.leases SET owner = NULL, token = gen_random_uuid(), attempts = greatest(attempts - 1, 0),
              expires_at = clock_timestamp()
            WHERE execution_id = \(claim.execution.id) AND token = \(claim.token)
            """)
    }

    /// Ends a claimed run well.
    ///
    /// - Parameter result: What it brought.
    /// - Throws: ``ExecutionError``, with ``ExecutionError/claimLost(_:)`` when another has the run; `PostgresError`.
    @discardableResult
    public func complete(_ claim: ExecutionClaim, result: PostgresJSON? = nil) async throws -> Execution {
        try await move(claim.execution.id, to: .completed, result: result, holding: claim.token)
    }

    /// Ends a claimed run that did not come to its end.
    ///
    /// - Parameter message: Why.
    /// - Throws: ``ExecutionError``, with ``ExecutionError/claimLost(_:)`` when another has the run; `PostgresError`.
    @discardableResult
    public func fail(_ claim: ExecutionClaim, _ message: String) async throws -> Execution {
        try await move(claim.execution.id, to: .failed, message: message, holding: claim.token)
    }
}

// MARK: - Operators
extension ExecutionStore {
    /// Who works on some runs; nothing for those that nobody has claimed.
    ///
    /// - Throws: `PostgresError`.
    public func leases(of ids: [UUID]) async throws -> [UUID: ExecutionLease] {
        let rows = try await connection.query(
            """
            SELECT execution_id, owner, attempts, expires_at, expires_at <= clock_timestamp() FROM dispatch.leases
            WHERE execution_id = ANY(\(ids)::uuid[])
            """
        ).decode((UUID, String?, Int, Date, Bool).self)
        return Dictionary(
            rows.map { ($0.0, ExecutionLease(owner: $0.1, attempts: $0.2, expiresAt: $0.3, isOver: $0.4)) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Runs that are running with nobody known to work on them, oldest first: their worker's claim is over, or they were
    /// begun without one.
    ///
    /// - Parameter limit: How many at most, from 1.
    /// - Throws: `PostgresError`.
    public func stalled(limit: Int = 100) async throws -> [Execution] {
        try await connection.query(
            """
            SELECT \(unsafeSQL: Execution.columnList) FROM agent_executions
            LEFT JOIN dispatch.leases ON execution_id = id
            WHERE status = 'running' AND (expires_at IS NULL OR expires_at <= clock_timestamp())
            ORDER BY created_at, id LIMIT \(limit)
            """
        ).map { try Execution($0) }
    }

    /// Takes running runs away from their workers, if they have any: the next worker to ask goes on with them, as if
    /// they had not been tried before. What their workers still tell of them is refused.
    ///
    /// - Returns: Those that were running; the others are left as they are.
    /// - Throws: `PostgresError`.
    @discardableResult
    public func requeue(_ ids: [UUID]) async throws -> Set<UUID> {
        let rows = try await connection.query(
            """
            INSERT INTO dispatch.leases (execution_id, token, attempts, expires_at)
            SELECT id, gen_random_uuid(), 0, clock_timestamp() FROM agent_executions
            WHERE id = ANY(\(ids)::uuid[]) AND status = 'running' ORDER BY id
            ON CONFLICT (execution_id) DO UPDATE SET owner = NULL, token = excluded.token, attempts = 0,
              expires_at = excluded.expires_at
            RETURNING execution_id
            """
        ).decode(UUID.self)
        return Set(rows)
    }
}
