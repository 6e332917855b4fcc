import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Postgres
import Synchronization
import Testing

/// No list and no bulk method sends more statements for more rows: the server counts them.
@Suite struct StatementCountTests {
    private typealias Step = (name: String, run: @Sendable (Relations) async throws -> Void)

    @Test func rowsCostNoStatements() async throws {
        let one = try await statements(rows: 1)
        let hundred = try await statements(rows: 100)
        #expect(one == hundred)
        #expect(one.count == 42 && one.values.allSatisfy { (1...4).contains($0) }, "\(one)")
    }

    private func statements(rows count: Int) async throws -> [String: Int] {
        let counts = Mutex<[String: Int]>([:])
        try await withPlatform { platform in
            let people = People()
            try await people.insert(into: platform.database)
            try await insertCustomers(count, platform.database)
            try await withPlans(platform.configuration) { database, plans in
                for step in steps(count, people) {
                    let plan = try await plans.plan {
                        try await database.withSession(as: .service) { try await step.run($0) }
                    }
                    counts.withLock { $0[step.name] = plan.statements }
                }
            }
        }
        return counts.withLock { $0 }
    }

    private func steps(_ count: Int, _ people: People) -> [Step] {
        let users = (0..<count).map { number in
            WebUserStore.New(id: UUID(), user: GitHubUser(githubID: Int64(number + 10), username: "u\(number)"))
        }
        let repositories = users.map { user in
            GitHubRepository(githubID: user.user.githubID, owner: "o", name: user.user.username)
        }
        let owned = repositories.map { RepositoryStore.New(id: UUID(), userID: people.bob, repository: $0) }
        let runs = users.map { _ in ExecutionStore.Pending(id: UUID(), userID: people.bob, agentType: .review) }
        let messages = users.map { _ in LineMessageStore.New(id: UUID(), content: .init(lineUserID: "U1")) }
        let lines = users.map { ExecutionLogLine.New(.info, $0.user.username) }
        let others: [Step] = [
            ("repositories.insertMissing", { _ = try await $0.repositories.insertMissing(owned) }),
            ("repositories.refresh", { _ = try await $0.repositories.refresh(repositories) }),
            ("repositories.ids", { _ = try await $0.repositories.ids(githubIDs: repositories.map(\.githubID)) }),
            ("repositories.fullNames", { _ = try await $0.repositories.fullNames(ids: Set(owned.map(\.id))) }),
            ("repositories.list", { _ = try await $0.repositories.list(of: people.bob) }),
            ("repositories.active", { _ = try await $0.repositories.active(of: people.bob) }),
            ("executions.open", { _ = try await $0.executions.open(runs) }),
            ("executions.log", { try await $0.executions.log(lines, of: runs[0].id) }),
            ("executions.lines", { _ = try await $0.executions.lines(of: runs[0].id) }),
            ("executions.list", { _ = try await $0.executions.list(.init(userID: people.bob)) }),
            ("executions.claim", { _ = try await $0.executions.claim(count, as: "test") }),
            ("executions.leases", { _ = try await $0.executions.leases(of: runs.map(\.id)) }),
            ("executions.stalled", { _ = try await $0.executions.stalled() }),
            ("executions.requeue", { _ = try await $0.executions.requeue(runs.map(\.id)) }),
            ("workflows.list", { _ = try await $0.workflows.list(.user(people.bob)) }),
            ("lineMessages.append", { _ = try await $0.lineMessages.append(messages) }),
            ("lineMessages.list", { _ = try await $0.lineMessages.list(.lineUser("U1")) }),
            ("lineMessages.link", { _ = try await $0.lineMessages.link("U1", to: people.bob) }),
        ]
        return userSteps(users) + others + connectionSteps(count, people) + marketSteps(count) + usageSteps()
    }

    private func userSteps(_ users: [WebUserStore.New]) -> [Step] {
        [
            ("webUsers.insertMissing", { _ = try await $0.webUsers.insertMissing(users) }),
            ("webUsers.refresh", { _ = try await $0.webUsers.refresh(users.map(\.user)) }),
            ("webUsers.usernames", { _ = try await $0.webUsers.usernames(ids: Set(users.map(\.id))) }),
            ("webUsers.list", { _ = try await $0.webUsers.list() }),
        ]
    }

    /// Users of the marketplace who have each submitted a plugin, reviewed one, licensed it and lost the licence, tried it
    /// and subscribed to it, and as many other plugins.
    private func insertCustomers(_ count: Int, _ database: Database) async throws {
        try await database.withSession(as: .service) { relations in
            for statement: PostgresQuery in [
                "INSERT INTO users (email) SELECT n || '@example.com' FROM generate_series(1, \(count)) n",
                """
                INSERT INTO plugins (id, name, display_name, source, version, tier)
                VALUES ('pro', 'pro', 'Pro', 'github:m/pro', '1.0.0', 'pro')
                """,
                """
                INSERT INTO licenses (user_id, plugin_id, license_key, tier, revoked)
                SELECT id, 'pro', id::text, 'pro', true FROM users
                """,
                """
                INSERT INTO plugins (id, name, display_name, source, version, tier)
                SELECT 'p' || n, 'p', 'P', 'github:m/p', '1.0.0', 'free' FROM generate_series(1, \(count)) n
                """,
                """
                INSERT INTO subscriptions (user_id, plugin_id, tier, license_key, status, current_period_end,
                  cancel_at_period_end) SELECT id, 'pro', 'pro', 'key', 'active', now(), true FROM users
                """,
                """
                INSERT INTO trials (user_id, plugin_id, license_key, started_at, expires_at)
                SELECT id, 'pro', 'key', now() - interval '1 day', now() FROM users
                """,
                "INSERT INTO plugin_reviews (plugin_id, user_id, rating) SELECT 'pro', id, 5 FROM users",
                "INSERT INTO plugin_submissions (user_id, plugin_data) SELECT id, '{}' FROM users",
            ] { try await relations.connection.execute(statement) }
        }
    }

    private func usageSteps() -> [Step] {
        let month = UsageMonth(containing: .now())
        return [
            (
                "usage.record, list",
                { relations in
                    let events = try await relations.users.list(limit: 1000).rows.map {
                        try UsageEvent(id: $0.id, userID: $0.id, pluginID: "pro", kind: .issues, time: .now())
                    }
                    try await relations.usage.record(events)
                    _ = try await relations.usage.list(.plugin("pro"))
                }
            ),
            (
                "usage.totals",
                { relations in
                    let users = try await relations.users.list(limit: 1000).rows.map(\.id)
                    _ = try await relations.usage.totals(users: Set(users), month: month)
                }
            ),
        ]
    }

    private func marketSteps(_ count: Int) -> [Step] {
        let entries = (0..<count).map { LogEntry(.info, "\($0)") }
        return [
            ("plugins.list", { _ = try await $0.plugins.list(.init(tier: .free)) }),
            ("subscriptions.list", { _ = try await $0.subscriptions.list(.plugin("pro")) }),
            ("subscriptions.endDue", { _ = try await $0.subscriptions.endDue() }),
            ("trials.list", { _ = try await $0.trials.list(.plugin("pro")) }),
            ("trials.endDue", { _ = try await $0.trials.endDue() }),
            ("licenses.list", { _ = try await $0.licenses.list(.init(status: .revoked)) }),
            ("licenses.revoked", { _ = try await $0.licenses.revoked() }),
            ("users.list", { _ = try await $0.users.list() }),
            ("pluginReviews.list", { _ = try await $0.pluginReviews.list(.plugin("pro")) }),
            ("pluginSubmissions.list", { _ = try await $0.pluginSubmissions.list(.status(.pendingReview)) }),
            ("pluginSubmissions.queue", { _ = try await $0.pluginSubmissions.queue() }),
            ("logs.append", { _ = try await $0.logs.append(entries) }),
            ("logs.list", { _ = try await $0.logs.list() }),
            ("logs.expire", { try await $0.logs.expire(before: .distantFuture) }),
        ]
    }

    private func connectionSteps(_ count: Int, _ people: People) -> [Step] {
        let connect: @Sendable (Relations) async throws -> [WebSocketConnection] = { relations in
            try await relations.connection.execute(
                """
                INSERT INTO websocket_connections (connection_id, user_id)
                SELECT 'c' || n, \(people.bob) FROM generate_series(1, \(count)) n ON CONFLICT DO NOTHING
                """)
            return try await relations.websocketConnections.list(of: people.bob, limit: 1000).rows
        }
        return [
            ("connect, list", { _ = try await connect($0) }),
            ("ping", { _ = try await $0.websocketConnections.ping(try await connect($0).map(\.ticket)) }),
            ("silent", { _ = try await $0.websocketConnections.silent(for: .zero) }),
            ("remove", { _ = try await $0.websocketConnections.remove(try await connect($0)) }),
        ]
    }
}
