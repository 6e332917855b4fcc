import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Postgres
import Testing

/// Users and a plugin to meter, and short ways to do it.
struct MeteredPlatform {
    static let ann = UUID(uuidString: "0a000000-0000-4000-8000-000000000001")!
    static let bob = UUID(uuidString: "0b000000-0000-4000-8000-000000000002")!
    static let november = UsageMonth("2025-11")!
    static let december = UsageMonth("2025-12")!

    let platform: TestPlatform
    var database: Database { platform.database }

    /// An event of December, unless it says otherwise.
    static func event(
        _ kind: UsageEvent.Kind, _ quantity: Int64 = 1, id: UUID = UUID(), of user: UUID = ann, plugin: String = "pro",
        at time: String = "2025-12-31T23:59:59.999Z"
    ) throws -> UsageEvent {
        try UsageEvent(
            id: id, userID: user, pluginID: plugin, kind: kind, quantity: quantity,
            time: try #require(Timestamp(iso8601: time)))
    }

    @discardableResult
    func record(_ events: [UsageEvent], enforcingQuotas: Bool = false) async throws -> [UsageOutcome] {
        try await database.withSession(as: .service) {
            try await $0.usage.record(events, enforcingQuotas: enforcingQuotas)
        }
    }

    func totals(_ month: UsageMonth = december, of user: UUID = ann) async throws -> [UsageTotals] {
        try await database.withSession(as: .service) { try await $0.usage.totals(user: user, month: month) }
    }

    func verify() async throws -> [UsageDifference] {
        try await database.withSession(as: .service) { try await $0.usage.verify() }
    }

    /// Runs `body` on a database of its own in which Ann and Bob may use the plugins `pro` and `free`.
    static func with(
        named name: String = #function, _ body: @escaping @Sendable (MeteredPlatform) async throws -> Void
    ) async throws {
        try await withPlatform(named: name) { platform in
            try await platform.database.postgres.withSession(as: .service) { db in
                try await db.execute(
                    "INSERT INTO users (id, email) VALUES (\(ann), 'ann@example.com'), (\(bob), 'bob@example.com')")
                try await db.execute(
                    """
                    INSERT INTO plugins (id, name, display_name, source, version, tier, limitations) VALUES
                      ('pro', 'pro', 'Pro', 'github:m/pro', '1.0.0', 'pro', NULL),
                      ('free', 'free', 'Free', 'github:m/free', '1.0.0', 'free',
                       '{"issues_per_month": 10, "agent_executions_per_month": 3}')
                    """)
            }
            try await body(MeteredPlatform(platform: platform))
        }
    }
}
