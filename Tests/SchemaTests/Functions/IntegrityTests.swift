import Postgres
import Testing

private let owner = AccessFixture.owner
private let row = AccessFixture.row

/// Rows that must not exist cannot be written, not even by the owner of the tables.
@Suite(.serialized) struct IntegrityTests {
    /// Statements, and the constraint that each breaks; `nil` is a NOT NULL.
    private static let impossible: [(String, String?)] = [
        ("UPDATE users SET email = 'nobody'", "users_email_shape"),
        ("INSERT INTO users (email) VALUES ('OWNER@example.com')", "idx_users_email_folded"),
        ("UPDATE users SET role = NULL", nil),
        ("UPDATE plugins SET price = -1", "plugins_price_not_negative"),
        ("UPDATE plugins SET currency = 'usd'", "plugins_currency_code"),
        ("UPDATE plugins SET downloads = -1", "plugins_downloads_not_negative"),
        ("UPDATE plugins SET rating = 5.01", "plugins_rating_range"),
        ("UPDATE plugins SET trial_period = -1", "plugins_trial_period_not_negative"),
        ("UPDATE plugins SET features = '[]'", "plugins_features_object"),
        ("UPDATE plugins SET limitations = '1'", "plugins_limitations_object"),
        ("UPDATE plugins SET requires_plugin = id", "plugins_requires_another"),
        ("UPDATE plugins SET requires_plugin = 'nowhere'", "plugins_requires_plugin_fkey"),
        ("UPDATE subscriptions SET tier = 'gold'", "subscriptions_tier_check"),
        (
            "UPDATE subscriptions SET current_period_start = now(), current_period_end = now() - interval '1 s'",
            "subscriptions_period_order"
        ),
        ("UPDATE licenses SET tier = 'gold'", "licenses_tier_check"),
        ("UPDATE licenses SET expires_at = issued_at", "licenses_expire_after_issue"),
        ("UPDATE trials SET expires_at = started_at", "trials_expire_after_start"),
        ("UPDATE plugin_submissions SET quality_score = 101", "plugin_submissions_quality_score_range"),
        ("UPDATE plugin_submissions SET reviewed_at = now()", "plugin_submissions_pending_unreviewed"),
        ("UPDATE plugin_reviews SET rating = 6", "plugin_reviews_rating_check"),
        ("UPDATE plugin_reviews SET rating = NULL", nil),
        ("UPDATE usage_aggregates SET period = '2025-00'", "usage_aggregates_period_month"),
        ("UPDATE usage_aggregates SET issues = -1", "usage_aggregates_issues_not_negative"),
        ("UPDATE usage_aggregates SET tokens = -1", "usage_aggregates_tokens_not_negative"),
        ("UPDATE usage_aggregates SET agent_executions = '[]'", "usage_aggregates_agent_executions_object"),
        ("UPDATE web_users SET github_id = 0", "web_users_github_id_positive"),
        ("UPDATE repositories SET github_repo_id = -github_repo_id", "repositories_github_repo_id_positive"),
        ("UPDATE repositories SET name = 'renamed'", "repositories_full_name_agrees"),
        ("UPDATE repositories SET user_id = NULL", nil),
        ("UPDATE agent_executions SET issue_number = 0", "agent_executions_issue_number_positive"),
        (
            "UPDATE agent_executions SET status = 'failed', started_at = now(), completed_at = now() - interval '1 s'",
            "agent_executions_completed_after_started"
        ),
        ("UPDATE agent_executions SET completed_at = now()", "agent_executions_completed_is_final"),
        ("UPDATE agent_executions SET status = 'done'", "valid_status"),
        ("UPDATE agent_executions SET agent_type = 'Chef'", "valid_agent_type"),
        ("UPDATE execution_logs SET level = 'loud'", "valid_level"),
        ("UPDATE line_messages SET issue_number = 0", "line_messages_issue_number_positive"),
        ("UPDATE line_messages SET message_type = 'smoke'", "valid_message_type"),
    ]

    @Test(arguments: impossible)
    func itCannotBeWritten(_ statement: String, _ constraint: String?) async throws {
        try await SchemaDatabase.withFixture { database in
            let error = await #expect(throws: PostgresError.self) { try await database.script(statement) }
            #expect(error?.constraintName == constraint)
            #expect(error?.sqlState?.hasPrefix("23") == true, "\(String(describing: error))")
        }
    }

    /// A change moves updated_at; a statement that changes nothing does not; nobody sets it by hand.
    @Test(arguments: [
        ("users", "name"), ("plugins", "description"), ("subscriptions", "stripe_customer_id"),
        ("usage_aggregates", "period"), ("web_users", "avatar_url"), ("repositories", "default_branch"),
        ("agent_executions", "error_message"), ("workflows", "description"),
    ])
    func updatedAtFollowsChanges(_ table: String, _ column: String) async throws {
        try await SchemaDatabase.withOwnFixture { database in
            let predicate = AccessFixture.predicate(table)
            let read = "SELECT (updated_at = created_at)::text FROM \(table) WHERE \(predicate)"
            try await database.expect(read, gives: ["true"])
            try await database.script("UPDATE \(table) SET \(column) = \(column) WHERE \(predicate)")
            try await database.expect(read, gives: ["true"])
            try await database.script(
                "UPDATE \(table) SET \(column) = '2025-10', updated_at = created_at WHERE \(predicate)")
            try await database.expect(read, gives: ["false"])
        }
    }

    /// A revocation is dated by the server unless the caller knows the date, and undone with its date.
    @Test func aRevocationIsDated() async throws {
        try await SchemaDatabase.withOwnFixture { database in
            let read = "SELECT concat_ws(' ', revoked, revoked_at AT TIME ZONE 'UTC') FROM licenses"
            try await database.script("UPDATE licenses SET revoked = true, revoked_at = '2025-11-01T00:00:00Z'")
            try await database.expect(read, gives: ["t 2025-11-01 00:00:00"])
            try await database.script("UPDATE licenses SET revoked = false")
            try await database.expect(read, gives: ["f"])
            try await database.script("UPDATE licenses SET revoked = true")
            try await database.expectCount(1, "FROM licenses WHERE revoked_at > now() - interval '1 minute'")
        }
    }
}
