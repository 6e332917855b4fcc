import FoundationEssentials
import MiyabiDatabase
import Postgres

extension DatabaseBenchmark {
    /// Page 10,000 of a million runs, 20 a page, against page 1, by turns.
    static func keyset(rounds: Int, _ database: Database) async throws {
        let report = try await database.withSession(as: .service) { relations in
            let list = relations.executions
            var deep: PageCursor?
            for _ in 0..<200 { deep = try await list.list(after: deep, limit: 1000).next }
            let cursor = deep
            return try await alternately(rounds) {
                _ = try await list.list(after: cursor, limit: 20)
            } against: {
                _ = try await list.list(limit: 20)
            }
        }
        self.report(ours: report.ours, baseline: report.baseline)
    }

    /// One user's own runs, as that user, under row-level security, against the same as service_role, by turns: a page of
    /// 50 and a sum over all 20,000.
    static func access(rounds: Int, _ database: Database) async throws {
        let user = try await database.postgres.query("SELECT id FROM web_users ORDER BY id LIMIT 1").decode(UUID.self)[
            0]
        let claims = try VerifiedClaims(subject: user)
        func read(as role: PostgresSessionRole) async throws {
            try await database.withSession(as: role) { relations in
                for _ in 0..<10 { _ = try await relations.executions.list(.init(userID: user), limit: 50) }
                try await relations.connection.execute(
                    "SELECT count(*), max(updated_at) FROM agent_executions WHERE user_id = \(user)")
            }
        }
        let report = try await alternately(rounds) {
            try await read(as: .user(claims))
        } against: {
            try await read(as: .service)
        }
        self.report(ours: report.ours, baseline: report.baseline)
    }

    /// How often each is done in a second, by turns.
    private static func alternately(
        _ rounds: Int, _ ours: () async throws -> Void, against baseline: () async throws -> Void
    ) async throws -> (ours: Double, baseline: Double) {
        var (own, other) = (Duration.zero, Duration.zero)
        for round in 0..<rounds + 5 {
            let first = ContinuousClock.now
            try await ours()
            let second = ContinuousClock.now
            try await baseline()
            // The first rounds warm both up.
            guard round >= 5 else { continue }
            own += second - first
            other += .now - second
        }
        return (Double(rounds) / (own / .seconds(1)), Double(rounds) / (other / .seconds(1)))
    }
}
