import Foundation
import MiyabiDatabase
import Postgres
import Testing

private typealias Metered = MeteredPlatform

/// Limits are checked with the rollup, in the transaction that counts.
@Suite struct UsageQuotaTests {
    private static func issues(_ quantity: Int64, id: UUID = UUID()) throws -> UsageEvent {
        try Metered.event(.issues, quantity, id: id, plugin: "free")
    }

    private static func quotas(_ metered: Metered, of plugin: String = "free") async throws -> [UsageQuota] {
        try await metered.database.withSession(as: .user(VerifiedClaims(subject: Metered.ann))) {
            try await $0.usage.quotas(user: Metered.ann, plugin: plugin, month: Metered.december)
        }
    }

    @Test func whatExceedsAQuotaIsRefusedWhole() async throws {
        try await Metered.with { metered in
            let first = try Self.issues(8)
            try await metered.record([first], enforcingQuotas: true)
            let excess = try [Metered.event(.tokens, plugin: "free"), Self.issues(1), Self.issues(2)]
            let error = await #expect(throws: QuotaExceeded.self) {
                try await metered.record(excess, enforcingQuotas: true)
            }
            #expect(error?.metric == .issues && error?.limit == 10 && error?.used == 8 && error?.requested == 3)
            #expect(error?.userID == Metered.ann && error?.pluginID == "free" && error?.month == Metered.december)
            #expect(try await metered.totals().map(\.issues) == [8])

            // To the limit is fine, another month has its own, a retry adds nothing; and it is asked for.
            try await metered.record([first, Self.issues(2)], enforcingQuotas: true)
            try await metered.record(
                [Metered.event(.issues, 10, plugin: "free", at: "2025-11-01T00:00:00Z")], enforcingQuotas: true)
            try await metered.record([Self.issues(1)])
            #expect(try await metered.record([first], enforcingQuotas: true) == [.known])
            #expect(try await Self.quotas(metered).map(\.used) == [11, 0])
            #expect(try await Self.quotas(metered).map(\.remaining) == [0, 3])
        }
    }

    /// Runs of all agents share a limit.
    @Test func agentsShareTheirQuota() async throws {
        try await Metered.with { metered in
            let runs = try ["PR", "PR", "Issue"].map { try Metered.event(.agentExecutions(of: $0), plugin: "free") }
            try await metered.record(runs, enforcingQuotas: true)
            let fourth = try Metered.event(.agentExecutions(of: "Review"), plugin: "free")
            let error = await #expect(throws: QuotaExceeded.self) {
                try await metered.record([fourth], enforcingQuotas: true)
            }
            #expect(error?.metric == .agentExecutions && error?.limit == 3 && error?.used == 3)
        }
    }

    /// A licence that is good now decides over the plugin; one that is not, does not.
    @Test func theLicenceDecides() async throws {
        try await Metered.with { metered in
            #expect(try await Self.quotas(metered, of: "pro").isEmpty)
            try await metered.database.postgres.withSession(as: .service) { db in
                try await db.execute(
                    """
                    INSERT INTO licenses
                      (user_id, plugin_id, license_key, tier, limitations, issued_at, expires_at, revoked) VALUES
                    (\(Metered.ann), 'free', 'good', 'pro', '{"tokens_per_month": 50}', '2025-01-01', NULL, false),
                    (\(Metered.ann), 'free', 'old', 'pro', '{"tokens_per_month": 1}', '2025-02-01', '2025-03-01', false),
                    (\(Metered.ann), 'free', 'revoked', 'pro', '{"tokens_per_month": 2}', '2025-03-01', NULL, true)
                    """)
            }
            let quotas = try await Self.quotas(metered)
            #expect(quotas.map(\.metric) == [.tokens] && quotas.map(\.limit) == [50])
            try await metered.record([Self.issues(1000)], enforcingQuotas: true)
        }
    }

    /// Twelve writers want one of ten issues each: ten get it.
    @Test func writersAtOnceCannotPassAQuotaTogether() async throws {
        try await Metered.with { metered in
            let refused = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<12 {
                    group.addTask {
                        do {
                            try await metered.record([Self.issues(1)], enforcingQuotas: true)
                            return 0
                        } catch is QuotaExceeded {
                            return 1
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(refused == 2)
            #expect(try await metered.totals().map(\.issues) == [10])
        }
    }
}
