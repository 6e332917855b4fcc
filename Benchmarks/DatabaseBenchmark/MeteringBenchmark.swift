import FoundationEssentials
import MiyabiDatabase
import Postgres

extension DatabaseBenchmark {
    /// Usage events recorded exactly once and summed up, 1,000 a transaction from 4 tasks. The baseline is psql's \copy of
    /// as many rows into usage_events.
    static func metering(_ count: Int, _ database: Database) async throws {
        let users = try await database.postgres.query("SELECT id FROM users ORDER BY id").decode(UUID.self)
        let events = try (0..<count).map { number in
            try UsageEvent(
                id: UUID(), userID: users[number % users.count], pluginID: "metered", kind: .tokens, quantity: 1200,
                time: .now())
        }
        report(
            ours: try await rate(of: count, tasks: 4, inStepsOf: 1000) { numbers in
                _ = try await database.withSession(as: .service) { relations in
                    try await relations.usage.record(Array(events[numbers]))
                }
            })
    }
}
