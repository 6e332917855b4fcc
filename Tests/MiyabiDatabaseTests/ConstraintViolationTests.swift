import Foundation
import MiyabiDatabase
import Postgres
import Testing

/// What the schema refuses names its table and fields.
@Suite struct ConstraintViolationTests {
    typealias Violation = (sql: String, kind: ConstraintViolation.Kind, table: String, fields: [String], name: String?)

    private static let violations: [Violation] = [
        (
            "INSERT INTO users (email) VALUES ('ANN@example.com')", .unique, "users", ["email"],
            "idx_users_email_folded"
        ),
        ("INSERT INTO users (email) VALUES (NULL)", .notNull, "users", ["email"], nil),
        ("INSERT INTO users (email) VALUES ('nobody')", .check, "users", ["email"], "users_email_shape"),
        (
            """
            INSERT INTO usage_aggregates (user_id, plugin_id, period)
            SELECT id, 'pro', period FROM users, (VALUES ('2025-11'), ('2025-11')) AS twice (period)
            WHERE email = 'ann@example.com'
            """,
            .unique, "usage_aggregates", ["user_id", "plugin_id", "period"],
            "usage_aggregates_user_id_plugin_id_period_key"
        ),
        (
            "INSERT INTO repositories (user_id, github_repo_id, owner, name, full_name) "
                + "VALUES (gen_random_uuid(), 1, 'a', 'b', 'a/c')",
            .check, "repositories", ["owner", "name", "full_name"], "repositories_full_name_agrees"
        ),
        (
            "INSERT INTO usage_events (user_id, plugin_id, event_type) VALUES (gen_random_uuid(), 'pro', 'tokens')",
            .foreignKey, "usage_events", ["user_id"], "usage_events_user_id_fkey"
        ),
        (
            "UPDATE plugins SET requires_plugin = id", .check, "plugins", ["id", "requires_plugin"],
            "plugins_requires_another"
        ),
    ]

    @Test func eachNamesItsFields() async throws {
        try await MeteredPlatform.with { metered in
            for (sql, kind, table, fields, name) in Self.violations {
                let violation = await #expect(throws: ConstraintViolation.self) {
                    try await metered.database.withSession(as: .service) {
                        try await $0.connection.execute(PostgresQuery(unsafeSQL: sql))
                    }
                }
                #expect(violation?.kind == kind && violation?.table == table, "\(sql)")
                #expect(violation?.fields == fields && violation?.constraint == name, "\(sql)")
                #expect(violation?.description.lowercased().contains("ann@") == false)
            }
        }
    }

    /// A store's violation is the schema's, also inside a function of the database.
    @Test func aStoreThrowsIt() async throws {
        try await MeteredPlatform.with { metered in
            let violation = await #expect(throws: ConstraintViolation.self) {
                try await metered.record([MeteredPlatform.event(.tokens, of: UUID())])
            }
            #expect(violation?.kind == .foreignKey && violation?.fields == ["user_id"])
            let other = await #expect(throws: PostgresError.self) {
                try await metered.database.withSession(as: .service) { try await $0.connection.execute("SELECT 1/0") }
            }
            #expect(other?.sqlState == "22012")
        }
    }
}
