import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Postgres
import Testing

/// What the server does for each listing, on a million runs.
@Suite struct ExecutionPlanTests {
    @Test func everyListingReadsItsIndex() async throws {
        try await withPlatform { platform in
            try await insertMillion(platform.configuration)
            try await withPlans(platform.configuration) { database, plans in
                let user = try #require(UUID(uuidString: "00000000-0000-4000-8000-000000000007"))
                let repository = try #require(UUID(uuidString: "10000000-0000-4000-8000-000000000007"))
                let expected: [(ExecutionStore.Filter, String)] = [
                    (.init(), "idx_agent_executions_created_at_id"),
                    (.init(userID: user), "idx_agent_executions_user_created_at_id"),
                    (.init(userID: user, status: .completed), "idx_agent_executions_user_status_created_at_id"),
                    (
                        .init(userID: user, repositoryID: repository, status: .completed),
                        "idx_agent_executions_user_repo_status_created_at_id"
                    ),
                    (.init(repositoryID: repository), "idx_agent_executions_repository_created_at_id"),
                    (.init(agentType: .review), "idx_agent_executions_type_created_at_id"),
                    (.init(status: .pending), "idx_agent_executions_pending"),
                    (.init(status: .running), "idx_agent_executions_running"),
                ]
                for (filter, index) in expected {
                    try await plans.expect(index, of: database) {
                        try await $0.executions.list(filter, after: $1, limit: 20)
                    }
                }

                // 20,000 rows further down, a page reads no more blocks.
                var cursor: PageCursor?
                for _ in 0..<20 { cursor = try await list(.init(), cursor, database, limit: 1000).next }
                let top = try await plans.plan { try await list(.init(), nil, database) }
                let deep = try await plans.plan { try await list(.init(), cursor, database) }
                #expect(try blocks(of: deep.text) <= blocks(of: top.text) + 4)
            }
        }
    }

    private func list(
        _ filter: ExecutionStore.Filter, _ cursor: PageCursor?, _ database: Database, limit: Int = 20
    ) async throws -> Page<Execution> {
        try await database.withSession(as: .service) { relations in
            try await relations.executions.list(filter, after: cursor, limit: limit)
        }
    }

    private func insertMillion(_ configuration: PostgresConfiguration) async throws {
        try await insertMany(
            into: ["web_users", "repositories", "agent_executions"], configuration,
            """
            INSERT INTO web_users (id, github_id, github_username)
            SELECT \(unsafeSQL: numberedID(0)), n, 'user-' || n FROM generate_series(1, 1000) n
            """,
            """
            INSERT INTO repositories (id, user_id, github_repo_id, owner, name, full_name)
            SELECT \(unsafeSQL: numberedID(1)), \(unsafeSQL: numberedID(0)), n, 'o', 'r' || n, 'o/r' || n
            FROM generate_series(1, 1000) n
            """,
            """
            INSERT INTO agent_executions (id, user_id, repository_id, agent_type, status, created_at)
            SELECT \(unsafeSQL: numberedID(2)), \(unsafeSQL: numberedID(0, "n % 1000 + 1")),
              \(unsafeSQL: numberedID(1, "n % 1000 + 1")),
              (ARRAY['CodeGen', 'Review', 'PR', 'Issue'])[n / 1000 % 4 + 1],
              CASE n / 1000 % 50 WHEN 0 THEN 'pending' WHEN 1 THEN 'failed' WHEN 2 THEN 'running' ELSE 'completed' END,
              timestamptz '2025-01-01' + n / 10 * interval '1 second'
            FROM generate_series(1, 1000000) n
            """)
    }
}
