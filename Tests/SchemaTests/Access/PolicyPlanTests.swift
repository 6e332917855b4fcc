import Testing

/// Policies ask who you are once for a query, not once for a row, and find your rows by an index.
@Suite(.serialized) struct PolicyPlanTests {
    /// Tables whose policies filter, and the column that they filter on.
    private static let filtered = [
        ("users", "id"), ("web_users", "id"), ("subscriptions", "user_id"), ("licenses", "user_id"),
        ("trials", "user_id"), ("usage_events", "user_id"), ("usage_aggregates", "user_id"),
        ("plugin_submissions", "user_id"), ("repositories", "user_id"), ("agent_executions", "user_id"),
        ("execution_logs", "execution_id"), ("workflows", "user_id"), ("line_messages", "user_id"),
        ("websocket_connections", "user_id"),
    ]

    @Test(arguments: filtered)
    func theUserIsAskedForOnce(_ table: String, _ column: String) async throws {
        try await SchemaDatabase.withFixture { database in
            let plan = try await database.plan("SELECT * FROM \(table)", as: .owner)
            let asked = plan.filter { $0.contains("Filter") || $0.contains("Cond") }
            #expect(plan.contains { $0.contains("InitPlan") })
            #expect(!asked.isEmpty)
            #expect(!asked.contains { $0.contains("current_setting") || $0.contains("auth.") }, "\(asked)")
        }
    }

    @Test(arguments: filtered)
    func yourRowsAreFoundByAnIndex(_ table: String, _ column: String) async throws {
        try await SchemaDatabase.withFixture { database in
            let id = column == "execution_id" ? AccessFixture.row : AccessFixture.owner
            // The fixture is too small for an index to pay off; with sequential scans off only a missing one shows.
            let plan = try await database.plan(
                "SELECT * FROM \(table) WHERE \(column) = '\(id)'", as: .owner, setup: "SET LOCAL enable_seqscan = off")
            #expect(plan.contains { $0.contains("Index Cond: (\(column) =") }, "\(plan)")
        }
    }

    /// 2,000 rows of others do not make the question 2,000 questions.
    @Test func theQuestionRunsOnce() async throws {
        try await SchemaDatabase.withFixture { database in
            let many = """
                INSERT INTO agent_executions (user_id, repository_id, agent_type, status)
                SELECT '\(AccessFixture.other)', '\(AccessFixture.othersRepository)', 'PR', 'pending'
                FROM generate_series(1, 2000)
                """
            let plan = try await database.plan(
                "SELECT * FROM agent_executions", as: .owner, setup: "SET LOCAL enable_indexscan = off;", after: many,
                options: "ANALYZE, TIMING OFF, COSTS OFF, SUMMARY OFF")
            let question = try #require(plan.firstIndex { $0.contains("InitPlan") })
            #expect(plan[question + 1].contains("Result (actual rows=1 loops=1)"), "\(plan)")
        }
    }

    /// The documented lists read the index in its order: no sort, no rows skipped.
    @Test(arguments: [
        """
        SELECT * FROM agent_executions WHERE user_id = '\(AccessFixture.owner)' AND status = 'running'
        ORDER BY created_at DESC, id DESC LIMIT 20
        """,
        """
        SELECT * FROM agent_executions WHERE (created_at, id) < (now(), '\(AccessFixture.row)')
        ORDER BY created_at DESC, id DESC LIMIT 20
        """,
        "SELECT * FROM agent_executions WHERE status = 'pending' ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED",
        """
        SELECT * FROM usage_events WHERE user_id = '\(AccessFixture.owner)' AND plugin_id = 'owners'
        ORDER BY created_at DESC, id DESC LIMIT 20
        """,
        """
        SELECT * FROM execution_logs WHERE execution_id = '\(AccessFixture.row)' ORDER BY created_at, id
        """,
    ])
    func listsNeedNoSort(_ query: String) async throws {
        try await SchemaDatabase.withFixture { database in
            let plan = try await database.plan(
                query, as: .service, setup: "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
            #expect(plan.contains { $0.contains("Index Scan") }, "\(plan)")
            #expect(!plan.contains { $0.contains("Sort") }, "\(plan)")
        }
    }

    /// Section 5.2's query on features, and the categories, use their GIN indexes.
    @Test(arguments: [
        ("features @> '{\"api_access\": true}'::jsonb", "idx_plugins_features_paths"),
        ("categories @> '{agents}'", "idx_plugins_categories"),
    ])
    func pluginsAreFoundByWhatTheyOffer(_ condition: String, _ index: String) async throws {
        try await SchemaDatabase.withFixture { database in
            let plan = try await database.plan(
                "SELECT * FROM plugins WHERE \(condition)", as: .anon, setup: "SET LOCAL enable_seqscan = off")
            #expect(plan.contains { $0.contains(index) }, "\(plan)")
        }
    }
}
