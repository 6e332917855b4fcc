import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Postgres
import Testing

/// What the server does for the web UI's listings, on a million messages and 200,000 connections.
@Suite struct WebPlanTests {
    @Test func everyListingReadsItsIndex() async throws {
        try await withPlatform { platform in
            let people = People()
            try await people.insert(into: platform.database)
            try await insertMillion(of: people.ann, platform.configuration)
            try await withPlans(platform.configuration) { database, plans in
                let expected: [(LineMessageStore.Selection, String)] = [
                    (.user(people.ann), "idx_line_messages_user_created_at_id"),
                    (.lineUser("U7"), "idx_line_messages_line_user_created_at_id"),
                    (.issue(7), "idx_line_messages_issue_created_at_id"),
                ]
                for (selection, index) in expected {
                    try await plans.expect(index, of: database) { try await $0.lineMessages.list(selection, after: $1) }
                }
                let connections = try await plans.plan {
                    try await database.withSession(as: .service) {
                        try await $0.websocketConnections.list(of: people.ann)
                    }
                }
                #expect(connections.text.contains("idx_websocket_connections_user_connected_at_id"))
                #expect(!connections.text.contains("Sort"), "\(connections.text)")
                let pings = try await plans.plan {
                    try await database.withSession(as: .service) {
                        try await $0.websocketConnections.ping(connections.result.rows.map(\.ticket))
                    }
                }
                #expect(pings.result.isEmpty)
                #expect(pings.text.contains("websocket_connections_connection_id_key"), "\(pings.text)")
                #expect(!pings.text.contains("Seq Scan"), "\(pings.text)")
            }
        }
    }

    private func insertMillion(of user: UUID, _ configuration: PostgresConfiguration) async throws {
        try await insertMany(
            into: ["line_messages", "websocket_connections"], configuration,
            """
            INSERT INTO line_messages (id, user_id, line_user_id, message_type, issue_number, created_at)
            SELECT \(unsafeSQL: numberedID(2)), CASE n % 1000 WHEN 7 THEN \(user) END, 'U' || n % 1000, 'text',
              nullif(n % 1000, 0), timestamptz '2025-01-01' + n / 10 * interval '1 second'
            FROM generate_series(1, 1000000) n
            """,
            """
            INSERT INTO websocket_connections (id, user_id, connection_id)
            SELECT \(unsafeSQL: numberedID(3)),
              CASE n % 1000 WHEN 7 THEN \(user) ELSE md5((n % 20000)::text)::uuid END, 'c' || n
            FROM generate_series(1, 200000) n
            """)
    }
}
