import Testing

private let row = AccessFixture.row
private let owner = AccessFixture.owner
private let other = AccessFixture.other
private let othersRepository = AccessFixture.othersRepository

/// Attempts to write what one may not. Each is refused, and its twin succeeds.
@Suite(.serialized) struct AttackTests {
    @Test(arguments: columns + giving + impersonation + reaching + naming)
    func itIsRefusedAndItsTwinIsNot(_ attack: Attack) async throws {
        try await SchemaDatabase.withFixture { database in
            let outcome = try await database.attempt(attack.sql, as: attack.identity)
            #expect(!outcome.succeeded, "\(attack.sql): \(outcome)")
            let twin = try await database.attempt(attack.twin, as: attack.twinIdentity)
            #expect(twin.succeeded, "\(attack.twin): \(twin)")
        }
    }

    /// Promote yourself; change a column that you may not.
    static let columns = [
        Attack(
            "make yourself admin", .owner, "UPDATE users SET role = 'admin' WHERE id = '\(owner)'",
            twin: "UPDATE users SET name = 'n', email = 'o@example.com' WHERE id = '\(owner)'"),
        Attack(
            "take another's Stripe account", .owner,
            "UPDATE users SET stripe_customer_id = 'cus' WHERE id = '\(owner)'",
            twin: "UPDATE users SET name = 'n' WHERE id = '\(owner)'"),
        Attack(
            "raise your tier", .owner, "UPDATE subscriptions SET tier = 'enterprise' WHERE id = '\(row)'",
            twin: "UPDATE subscriptions SET cancel_at_period_end = true WHERE id = '\(row)'"),
        Attack(
            "revive your subscription", .owner, "UPDATE subscriptions SET status = 'active' WHERE id = '\(row)'",
            twin: "UPDATE subscriptions SET cancel_at_period_end = true WHERE id = '\(row)'"),
        Attack(
            "take another GitHub account", .owner, "UPDATE web_users SET github_id = 7 WHERE id = '\(owner)'",
            twin: "UPDATE web_users SET avatar_url = 'a', email = 'e' WHERE id = '\(owner)'"),
        Attack(
            "verify your plugin", .owner, "UPDATE plugins SET verified = true WHERE id = 'owners'",
            twin: "UPDATE plugins SET verified = true WHERE id = 'owners'", by: .admin),
        Attack(
            "rate your plugin", .owner, "UPDATE plugins SET rating = 5 WHERE id = 'owners'",
            twin: """
                UPDATE plugins
                SET display_name = 'd', description = 'd', features = '{}', limitations = '{}', categories = '{a}'
                WHERE id = 'owners'
                """),
        Attack(
            "forge a date of change", .owner, "UPDATE plugins SET updated_at = '2020-01-01' WHERE id = 'owners'",
            twin: "UPDATE plugins SET description = 'd' WHERE id = 'owners'"),
        Attack(
            "change where a repository points", .owner,
            "UPDATE repositories SET github_repo_id = 77 WHERE id = '\(row)'",
            twin: "UPDATE repositories SET is_active = false WHERE id = '\(row)'"),
        Attack(
            "rewrite a submission while reviewing it", .admin,
            "UPDATE plugin_submissions SET plugin_data = '{\"a\": 1}' WHERE id = '\(row)'",
            twin: "UPDATE plugin_submissions SET status = 'rejected', reviewed_at = now() WHERE id = '\(row)'"),
        Attack(
            "finish an execution", .owner, "UPDATE agent_executions SET status = 'completed' WHERE id = '\(row)'",
            twin: "UPDATE agent_executions SET status = 'completed' WHERE id = '\(row)'", by: .service),
    ]

    /// Give a row away.
    static let giving = [
        Attack(
            "give a repository away", .owner, "UPDATE repositories SET user_id = '\(other)' WHERE id = '\(row)'",
            twin: "UPDATE repositories SET name = 'b', full_name = 'owner/b' WHERE id = '\(row)'"),
        Attack(
            "give a workflow away", .owner, "UPDATE workflows SET user_id = '\(other)' WHERE id = '\(row)'",
            twin: "UPDATE workflows SET is_public = true WHERE id = '\(row)'"),
        Attack(
            "give a plugin away", .owner, "UPDATE plugins SET author_id = '\(other)' WHERE id = 'owners'",
            twin: "UPDATE plugins SET author_id = '\(other)' WHERE id = 'owners'", by: .admin),
        Attack(
            "give a review away", .owner, "UPDATE plugin_reviews SET user_id = '\(other)' WHERE id = '\(row)'",
            twin: "UPDATE plugin_reviews SET rating = 1, comment = 'c' WHERE id = '\(row)'"),
        Attack(
            "move a licence, as admin", .admin, "UPDATE licenses SET user_id = '\(other)' WHERE id = '\(row)'",
            twin: "UPDATE licenses SET revoked = true WHERE id = '\(row)'"),
    ]

    /// Insert as someone else, or more than you may.
    static let impersonation = [
        Attack(
            "connect a repository for another", .owner,
            """
            INSERT INTO repositories (user_id, github_repo_id, owner, name, full_name)
            VALUES ('\(other)', 99, 'a', 'b', 'a/b')
            """,
            twin: """
                INSERT INTO repositories (user_id, github_repo_id, owner, name, full_name)
                VALUES ('\(owner)', 99, 'a', 'b', 'a/b')
                """),
        Attack(
            "review as another", .owner,
            "INSERT INTO plugin_reviews (plugin_id, user_id, rating) VALUES ('another', '\(other)', 1)",
            twin: "INSERT INTO plugin_reviews (plugin_id, user_id, rating) VALUES ('another', '\(owner)', 1)"),
        Attack(
            "overwrite another's review by way of a conflict", .other,
            """
            INSERT INTO plugin_reviews (plugin_id, user_id, rating) VALUES ('owners', '\(owner)', 1)
            ON CONFLICT (plugin_id, user_id) DO UPDATE SET rating = 1
            """,
            twin: """
                INSERT INTO plugin_reviews (plugin_id, user_id, rating) VALUES ('owners', '\(owner)', 1)
                ON CONFLICT (plugin_id, user_id) DO UPDATE SET rating = 1
                """, by: .owner),
        Attack(
            "submit as another", .owner,
            "INSERT INTO plugin_submissions (user_id, plugin_data) VALUES ('\(other)', '{}')",
            twin: "INSERT INTO plugin_submissions (user_id, plugin_data) VALUES ('\(owner)', '{}')"),
        Attack(
            "submit what is approved already", .owner,
            "INSERT INTO plugin_submissions (user_id, plugin_data, status) VALUES ('\(owner)', '{}', 'approved')",
            twin: """
                INSERT INTO plugin_submissions (user_id, plugin_data, status) VALUES ('\(owner)', '{}', 'pending_review')
                """),
        Attack(
            "score your own submission", .owner,
            "INSERT INTO plugin_submissions (user_id, plugin_data, quality_score) VALUES ('\(owner)', '{}', 100)",
            twin: "INSERT INTO plugin_submissions (user_id, plugin_data) VALUES ('\(owner)', '{}')"),
        Attack(
            "start an execution past the queue", .owner,
            """
            INSERT INTO agent_executions (user_id, repository_id, agent_type, status)
            VALUES ('\(owner)', '\(row)', 'PR', 'running')
            """,
            twin: """
                INSERT INTO agent_executions (user_id, repository_id, agent_type, status)
                VALUES ('\(owner)', '\(row)', 'PR', 'pending')
                """),
        Attack(
            "publish a plugin", .owner,
            """
            INSERT INTO plugins (id, name, display_name, source, version, tier, author_id)
            VALUES ('n', 'n', 'N', 's', '1', 'free', '\(owner)')
            """,
            twin: """
                INSERT INTO plugins (id, name, display_name, source, version, tier, author_id)
                VALUES ('n', 'n', 'N', 's', '1', 'free', '\(owner)')
                """, by: .admin),
        Attack(
            "log in the system's name", .admin, "INSERT INTO logs (level, message) VALUES ('info', 'm')",
            twin: "INSERT INTO logs (level, message) VALUES ('info', 'm')", by: .service),
    ]

    /// Reach another's row through one of your own.
    static let reaching = [
        Attack(
            "run an agent on another's repository", .owner,
            """
            INSERT INTO agent_executions (user_id, repository_id, agent_type, status)
            VALUES ('\(owner)', '\(othersRepository)', 'PR', 'pending')
            """,
            twin: """
                INSERT INTO agent_executions (user_id, repository_id, agent_type, status)
                VALUES ('\(other)', '\(othersRepository)', 'PR', 'pending')
                """, by: .other),
        Attack(
            "run an agent on no repository", .owner,
            "INSERT INTO agent_executions (user_id, agent_type, status) VALUES ('\(owner)', 'PR', 'pending')",
            twin: "INSERT INTO agent_executions (user_id, agent_type, status) VALUES ('\(owner)', 'PR', 'pending')",
            by: .service),
        Attack(
            "make a workflow of another's repository", .owner,
            """
            INSERT INTO workflows (user_id, repository_id, name, definition)
            VALUES ('\(owner)', '\(othersRepository)', 'w', '{}')
            """,
            twin: "INSERT INTO workflows (user_id, name, definition) VALUES ('\(owner)', 'w', '{}')"),
        Attack(
            "move a workflow to another's repository", .owner,
            "UPDATE workflows SET repository_id = '\(othersRepository)' WHERE id = '\(row)'",
            twin: "UPDATE workflows SET repository_id = '\(row)' WHERE id = '\(row)'"),
    ]

    /// Choose what a row is called.
    static let naming = [
        ("plugin_submissions", "user_id, plugin_data", "'\(owner)', '{}'"),
        ("plugin_reviews", "plugin_id, user_id, rating", "'another', '\(owner)', 5"),
        ("repositories", "user_id, github_repo_id, owner, name, full_name", "'\(owner)', 99, 'a', 'b', 'a/b'"),
        ("agent_executions", "user_id, repository_id, agent_type, status", "'\(owner)', '\(row)', 'PR', 'pending'"),
        ("workflows", "user_id, name, definition", "'\(owner)', 'w', '{}'"),
    ].map { table, columns, values in
        Attack(
            "choose an id in \(table)", .owner,
            "INSERT INTO \(table) (id, \(columns)) VALUES (gen_random_uuid(), \(values))",
            twin: "INSERT INTO \(table) (\(columns)) VALUES (\(values))")
    }
}
