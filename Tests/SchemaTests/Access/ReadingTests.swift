import Testing

private let owner = AccessFixture.owner

/// Row-level security costs its users no index: on 3,000 rows of others, nobody reads a table to find what is theirs. And
/// what makes it so shows nobody more, or less.
@Suite(.serialized) struct ReadingTests {
    private static let narrow = "SELECT auth.narrow();"

    /// For every cell of the access table, as sessions of the data layer run.
    @Test(arguments: accessTable)
    func aNarrowedSessionMayDoTheSame(_ access: TableAccess) async throws {
        try await SchemaDatabase.withFixture { database in
            for command in Command.allCases {
                let statement = try #require(AccessFixture.statement(command, access.table))
                let prepare =
                    command == .delete && ["users", "plugins"].contains(access.table)
                    ? AccessFixture.freeForDelete : nil
                for identity in [Identity.owner, .other, .admin] {
                    let outcome = try await database.attempt(
                        statement, as: identity, after: prepare, setup: Self.narrow)
                    let expected = access.allows(command, identity)
                    #expect(outcome.succeeded == expected, "\(identity): \(statement): \(outcome)")
                }
            }
        }
    }

    /// Narrowing gives nobody a right; who is an admin keeps theirs, and who is none gets none by asking for the other role.
    @Test func onlyWhoIsNoAdminIsNarrowed() async throws {
        try await SchemaDatabase.withFixture { database in
            let narrowed = "SELECT WHERE current_user = 'authenticated_own'"
            try await database.expect(.rows(1), narrowed, as: .owner, setup: Self.narrow)
            try await database.expect(.rows(0), narrowed, as: .admin, setup: Self.narrow)
            for identity in [Identity.anon, .service] {
                try await database.expect(.denied, "SELECT auth.narrow()", as: identity)
            }
            let role = "SET LOCAL ROLE authenticated_own"
            try await database.expect(.rows(1), "SELECT FROM users", as: .owner, setup: role)
            try await database.expect(.rows(1), "SELECT FROM users", as: .admin, setup: role)
            try await database.expect(.denied, "UPDATE users SET role = 'admin'", as: .owner, setup: role)
            // A login that is a member of authenticated alone reads as before.
            try await database.withLogin(memberOf: "authenticated") { login in
                try await login.expect(
                    .rows(1), "SELECT set_config('request.jwt.claims', '\(Identity.owner.claims)', false)")
                try await login.expect(.rows(1), "SELECT auth.narrow()")
                try await login.expect(.rows(1), "SELECT FROM users")
            }
        }
    }

    private static let many = """
        INSERT INTO users (id, email)
          SELECT md5(n::text)::uuid, 'User' || n || '@Example.com' FROM generate_series(1, 3000) n;
        INSERT INTO subscriptions (user_id, plugin_id, tier, license_key, status, created_at)
          SELECT md5(n::text)::uuid, 'owners', 'pro', 'key', 'active', now() + n * interval '1 second'
          FROM generate_series(1, 3000) n;
        INSERT INTO licenses (user_id, plugin_id, license_key, tier)
          SELECT md5(n::text)::uuid, 'owners', 'key-' || n, 'pro' FROM generate_series(1, 3000) n;
        INSERT INTO trials (user_id, plugin_id, license_key, expires_at)
          SELECT md5(n::text)::uuid, 'owners', 'key', now() + interval '9 days' FROM generate_series(1, 3000) n;
        INSERT INTO usage_events (user_id, plugin_id, event_type)
          SELECT md5(n::text)::uuid, 'owners', 'tokens' FROM generate_series(1, 3000) n;
        INSERT INTO usage_aggregates (user_id, plugin_id, period)
          SELECT md5(n::text)::uuid, 'owners', '2025-11' FROM generate_series(1, 3000) n;
        INSERT INTO plugin_submissions (user_id, plugin_data)
          SELECT md5(n::text)::uuid, '{}' FROM generate_series(1, 3000) n;
        INSERT INTO plugins (id, name, display_name, source, version, tier, downloads, features)
          SELECT 'p' || n, 'plugin', 'Agent', 's', '1', 'free', n,
            CASE n % 1500 WHEN 7 THEN '{"api_access": true}' ELSE '{"api_access": false}' END::jsonb
          FROM generate_series(1, 3000) n;
        ANALYZE users, subscriptions, licenses, trials, usage_events, usage_aggregates, plugin_submissions, plugins;
        """

    @Test func nobodyReadsATableToFindWhatIsTheirs() async throws {
        try await SchemaDatabase.withOwnFixture { database in
            try await database.script(Self.many)
            let lists = [
                "users", "subscriptions", "licenses", "trials", "usage_events", "usage_aggregates",
                "plugin_submissions",
            ].map { "SELECT * FROM \($0)" }
            let ordered = [
                "SELECT * FROM subscriptions ORDER BY created_at DESC, id DESC LIMIT 51",
                "SELECT * FROM subscriptions WHERE status = 'active' ORDER BY created_at DESC, id DESC LIMIT 51",
                "SELECT * FROM licenses ORDER BY issued_at DESC, id DESC LIMIT 51",
                "SELECT * FROM usage_events WHERE plugin_id = 'owners' ORDER BY created_at DESC, id DESC LIMIT 51",
                "SELECT * FROM usage_events WHERE event_type = 'tokens' ORDER BY created_at DESC, id DESC LIMIT 51",
                "SELECT * FROM users ORDER BY created_at DESC, id DESC LIMIT 51",
            ]
            for query in lists + ordered {
                let plan = try await database.plan(query, as: .owner, setup: Self.narrow)
                let column = query.contains("FROM users") ? "id" : "user_id"
                #expect(!plan.contains { $0.contains("Seq Scan") }, "\(query): \(plan)")
                #expect(
                    plan.contains { $0.contains("Index Cond") && $0.contains("(\(column) = $") }, "\(query): \(plan)")
            }
            // Without it they do, as an admin does, who sees all of them.
            for setup in [nil, Self.narrow] {
                let identity = setup == nil ? Identity.owner : .admin
                let plan = try await database.plan("SELECT * FROM subscriptions", as: identity, setup: setup)
                #expect(plan.contains { $0.contains("Seq Scan") }, "\(plan)")
            }

            let byEmail = try await database.plan(
                "SELECT * FROM users WHERE email_folded = lower('USER7@example.com')", as: .admin)
            #expect(byEmail.contains { $0.contains("idx_users_email_folded") }, "\(byEmail)")

            // What few have is looked for, what most have is read in the list's order, whoever asks. Words: MarketPlanTests.
            for identity in [Identity.anon, .owner, .admin, .service] {
                for (feature, index) in [(true, "idx_plugins_features_paths"), (false, "idx_plugins_downloads_id")] {
                    let plan = try await database.plan(
                        """
                        SELECT * FROM plugin_shop WHERE features @> '{"api_access": \(feature)}'
                        ORDER BY downloads DESC, id DESC LIMIT 51
                        """, as: identity)
                    #expect(plan.contains { $0.contains(index) }, "\(identity), \(feature): \(plan)")
                }
            }
        }
    }

    /// The view shows what everyone may read, and is no way to change it.
    @Test func theShopIsToRead() async throws {
        try await SchemaDatabase.withFixture { database in
            for identity in Identity.allCases {
                try await database.expect(.rows(2), "SELECT FROM plugin_shop", as: identity)
                for change in ["UPDATE plugin_shop SET verified = true", "DELETE FROM plugin_shop"] {
                    try await database.expect(.denied, change, as: identity)
                }
            }
            let columns = { (relation: String) in
                """
                SELECT column_name::text FROM information_schema.columns WHERE table_name = '\(relation)'
                ORDER BY ordinal_position
                """
            }
            try await database.expect(columns("plugin_shop"), gives: try await database.strings(columns("plugins")))
        }
    }
}
