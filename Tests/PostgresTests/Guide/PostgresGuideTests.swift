import Foundation
import Guides
import Postgres
import TestSupport
import Testing

/// The examples of docs/postgres-client.md, run as they stand there.
@Suite struct PostgresGuideTests {
    struct Plugin: Decodable {
        var id: UUID
        var displayName: String
        var tags: [String]
    }

    @Test func theExamplesWork() async throws {
        try await withDatabase { configuration in
            let pool = PostgresPool(patient(configuration, maximumConnections: 4))
            let (id, name, tags) = (UUID(), "It's", ["a", "b"])
            try await pool.withConnection { db in
                try await db.executeScript(
                    "CREATE TABLE plugins (id uuid, display_name text, tags text[]); CREATE TABLE numbers (n int8)")
            }

            try await pool.execute("INSERT INTO plugins (id, display_name, tags) VALUES (\(id), \(name), \(tags))")
            let rows = try await pool.query("SELECT id, display_name FROM plugins WHERE display_name = \(name)")
            let (found, title) = try rows.decode((UUID, String).self)[0]
            #expect(found == id && title == name)

            try await pool.withTransaction(isolation: .serializable, attempts: 10) { db in
                try await db.execute("UPDATE plugins SET tags = array_append(tags, 'c') WHERE id = \(id)")
            }
            let plugins = try await pool.query("SELECT * FROM plugins").decode(as: Plugin.self)
            #expect(plugins.map(\.tags) == [["a", "b", "c"]])

            var (sum, bytes) = (0, 0)
            try await pool.withConnection { db in
                let inserts = (0..<100).map { n -> PostgresQuery in "INSERT INTO numbers VALUES (\(n))" }
                for result in try await db.pipeline(inserts) { _ = try result.get() }
                try await db.copyIn("COPY numbers FROM STDIN") { writer in
                    for number in 100..<1000 { try await writer.writeRow([String(number)]) }
                }
                try await db.withRows(of: "SELECT n FROM numbers ORDER BY n") { rows in
                    for try await number in rows.decode(Int.self) { sum += number }
                }
                try await db.copyOut("COPY numbers TO STDOUT (FORMAT csv)") { data in
                    for try await line in data { bytes += line.count }
                }
            }
            #expect(sum == 499_500 && bytes == 3_890)

            let counted = try await pool.query("SELECT count(*) FROM numbers", timeout: .seconds(5)).decode(Int.self)
            #expect(counted == [1000])

            let total = try await withThrowingTaskGroup(of: Int.self) { group in
                for remainder in 0..<8 {
                    group.addTask(executorPreference: PostgresPool.executor) {
                        let rows = try await pool.query("SELECT n FROM numbers WHERE n % 8 = \(remainder)")
                        return try rows.decode(Int.self).reduce(0, +)
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(total == sum)
            await pool.close()
        }
    }

    @Test func notificationsArrive() async throws {
        try await withDatabase { configuration in
            let pool = PostgresPool(patient(configuration, maximumConnections: 2))
            let listener = try await PostgresConnection.connect(configuration)
            var payload = ""
            try await listener.withNotifications(on: "jobs") { notifications in
                try await pool.execute("NOTIFY jobs, 'ready'")
                for try await notification in notifications {
                    payload = notification.payload
                    break
                }
            }
            #expect(payload == "ready")
            await listener.close()
            await pool.close()
        }
    }

    /// Every example of the page is in this file, line by line.
    @Test func thePageShowsTheseExamples() throws {
        let examples = try GuideExamples(of: "docs/postgres-client.md")
        #expect(examples.all.count == 8)
        #expect(examples.missing.isEmpty)
    }
}
