/// One row of the owner's in every table, and what the access tests do to it.
enum AccessFixture {
    /// The id of each row whose id is a UUID.
    static let row = "0f000000-0000-4000-8000-00000000000f"
    /// The id of a repository of `Identity.other`.
    static let othersRepository = "0f000000-0000-4000-8000-0000000000ff"

    static let owner = Identity.owner.id ?? ""
    static let other = Identity.other.id ?? ""
    static let admin = Identity.admin.id ?? ""

    static let sql = """
        INSERT INTO users (id, email, role) VALUES
          ('\(owner)', 'owner@example.com', 'user'),
          ('\(other)', 'other@example.com', 'user'),
          ('\(admin)', 'admin@example.com', 'admin');
        INSERT INTO plugins (id, name, display_name, source, version, tier, author_id) VALUES
          ('owners', 'owners', 'Of the owner', 'github:o/p', '1.0.0', 'pro', '\(owner)'),
          ('another', 'another', 'Of nobody', 'github:n/p', '1.0.0', 'free', NULL);
        INSERT INTO subscriptions (id, user_id, plugin_id, tier, license_key, status)
          VALUES ('\(row)', '\(owner)', 'owners', 'pro', 'key', 'active');
        INSERT INTO licenses (id, user_id, plugin_id, license_key, tier)
          VALUES ('\(row)', '\(owner)', 'owners', 'key', 'pro');
        INSERT INTO trials (id, user_id, plugin_id, license_key, expires_at)
          VALUES ('\(row)', '\(owner)', 'owners', 'trial', now() + interval '14 days');
        INSERT INTO revoked_licenses (id, license_key) VALUES ('\(row)', 'revoked');
        INSERT INTO plugin_submissions (id, user_id, plugin_data, status)
          VALUES ('\(row)', '\(owner)', '{}', 'pending_review');
        INSERT INTO plugin_reviews (id, plugin_id, user_id, rating) VALUES ('\(row)', 'owners', '\(owner)', 4);
        INSERT INTO logs (id, level, message) VALUES ('\(row)', 'info', 'started');
        INSERT INTO usage_events (id, user_id, plugin_id, event_type, event_data, created_at)
          VALUES ('\(row)', '\(owner)', 'owners', 'tokens', '{"increment": 5}', '2025-11-10');
        INSERT INTO usage_aggregates (id, user_id, plugin_id, period, tokens)
          VALUES ('\(row)', '\(owner)', 'owners', '2025-11', 5);
        INSERT INTO web_users (id, github_id, github_username) VALUES
          ('\(owner)', 1, 'owner'), ('\(other)', 2, 'other'), ('\(admin)', 3, 'admin');
        INSERT INTO repositories (id, user_id, github_repo_id, owner, name, full_name) VALUES
          ('\(row)', '\(owner)', 11, 'owner', 'app', 'owner/app'),
          ('\(othersRepository)', '\(other)', 12, 'other', 'app', 'other/app');
        INSERT INTO agent_executions (id, user_id, repository_id, agent_type, status)
          VALUES ('\(row)', '\(owner)', '\(row)', 'Review', 'pending');
        INSERT INTO execution_logs (execution_id, level, message) VALUES ('\(row)', 'info', 'started');
        INSERT INTO workflows (id, user_id, name, definition) VALUES ('\(row)', '\(owner)', 'private', '{}');
        INSERT INTO line_messages (id, user_id, line_user_id, message_type) VALUES ('\(row)', '\(owner)', 'U1', 'text');
        INSERT INTO websocket_connections (id, user_id, connection_id) VALUES ('\(row)', '\(owner)', 'c1');
        """

    /// Which row of `table` is the owner's.
    static func predicate(_ table: String) -> String {
        switch table {
        case "users", "web_users": "id = '\(owner)'"
        case "plugins": "id = 'owners'"
        case "execution_logs": "execution_id = '\(row)'"
        default: "id = '\(row)'"
        }
    }

    /// A new row of the owner's: columns and values.
    private static let inserts = [
        "users": "(email) VALUES ('new@example.com')",
        "web_users": "(github_id, github_username) VALUES (99, 'new')",
        "plugins": "(id, name, display_name, source, version, tier) VALUES ('new', 'new', 'New', 's', '1.0.0', 'free')",
        "subscriptions": """
        (user_id, plugin_id, tier, license_key, status) VALUES ('\(owner)', 'another', 'free', 'new', 'active')
        """,
        "licenses": "(user_id, plugin_id, license_key, tier) VALUES ('\(owner)', 'another', 'new', 'free')",
        "trials": """
        (user_id, plugin_id, license_key, expires_at)
        VALUES ('\(owner)', 'another', 'new', now() + interval '1 day')
        """,
        "usage_events": "(user_id, plugin_id, event_type) VALUES ('\(owner)', 'another', 'tokens')",
        "usage_aggregates": "(user_id, plugin_id, period) VALUES ('\(owner)', 'another', '2025-11')",
        "revoked_licenses": "(license_key, reason) VALUES ('new', 'stolen')",
        "plugin_submissions": "(user_id, plugin_data) VALUES ('\(owner)', '{}')",
        "plugin_reviews": "(plugin_id, user_id, rating) VALUES ('another', '\(owner)', 5)",
        "logs": "(level, message) VALUES ('info', 'new')",
        "repositories": """
        (user_id, github_repo_id, owner, name, full_name) VALUES ('\(owner)', 99, 'owner', 'new', 'owner/new')
        """,
        "agent_executions": """
        (user_id, repository_id, agent_type, status) VALUES ('\(owner)', '\(row)', 'Review', 'pending')
        """,
        "execution_logs": "(execution_id, level, message) VALUES ('\(row)', 'info', 'new')",
        "workflows": "(user_id, repository_id, name, definition) VALUES ('\(owner)', '\(row)', 'new', '{}')",
        "line_messages": "(user_id, line_user_id, message_type) VALUES ('\(owner)', 'U1', 'text')",
        "websocket_connections": "(user_id, connection_id) VALUES ('\(owner)', 'new')",
    ]

    /// A change of the owner's row, in a column that whoever may update the row may update.
    private static let updates = [
        "users": "name = 'new'",
        "web_users": "avatar_url = 'new'",
        "plugins": "description = 'new'",
        "subscriptions": "cancel_at_period_end = true",
        "licenses": "revoked = true",
        "trials": "expires_at = expires_at + interval '1 day'",
        "usage_events": "event_type = 'issues'",
        "usage_aggregates": "tokens = 0",
        "revoked_licenses": "reason = 'new'",
        "plugin_submissions": "status = 'approved'",
        "plugin_reviews": "rating = 1",
        "logs": "message = 'new'",
        "repositories": "default_branch = 'new'",
        "agent_executions": "status = 'running'",
        "execution_logs": "message = 'new'",
        "workflows": "name = 'new'",
        "line_messages": "message_text = 'new'",
        "websocket_connections": "last_ping_at = now()",
    ]

    /// The statement that tries `command` on the owner's row of `table`; `nil` for a table that the fixture forgot.
    static func statement(_ command: Command, _ table: String) -> String? {
        switch command {
        case .select: "SELECT FROM \(table) WHERE \(predicate(table))"
        case .insert: inserts[table].map { "INSERT INTO \(table) \($0)" }
        case .update: updates[table].map { "UPDATE \(table) SET \($0) WHERE \(predicate(table))" }
        case .delete: deletions[table] ?? "DELETE FROM \(table) WHERE \(predicate(table))"
        }
    }

    /// Of the tables that people delete from, by functions: rights to DELETE would be rights to LOCK.
    private static let deletions = [
        "plugins": "SELECT WHERE delete_plugin('owners')",
        "plugin_reviews": "SELECT WHERE delete_plugin_review('\(row)')",
        "repositories": "SELECT WHERE delete_repository('\(row)')",
        "workflows": "SELECT WHERE delete_workflow('\(row)')",
    ]

    /// Removes what refers to the owner's user and plugin, so that only access decides whether they can be deleted.
    static let freeForDelete = """
        DELETE FROM plugin_reviews; DELETE FROM plugin_submissions; DELETE FROM trials; DELETE FROM licenses;
        DELETE FROM subscriptions; DELETE FROM usage_events; DELETE FROM usage_aggregates;
        UPDATE plugins SET author_id = NULL;
        """
}
