import DynamoDB
import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Testing

@testable import MiyabiImport

@Suite("Importer", .timeLimit(.minutes(5)))
struct ImporterTests {
    func run<Format: ImportFormat>(
        _ format: Format.Type, _ path: String, into database: Database, _ options: ImportOptions = ImportOptions()
    ) async throws -> (summary: MiyabiImport.ImportSummary, bad: [BadLine]) {
        var bad: [BadLine] = []
        let summary = try await Importer<Format>(database: database, options: options)
            .run(LineReader(path: path), reporting: { bad.append($0) })
        return (summary, bad)
    }

    /// An array whose type needs no guessing.
    func numbers(_ numbers: Int...) -> [Int] { numbers }

    @Test("imports all real webhooks; a second time, whatever the batches, changes not one byte")
    func webhooks() async throws {
        let file = RealData.file("github-webhooks")
        try await withPlatform { platform in
            let first = try await run(GitHubFormat.self, file.path, into: platform.database)
            #expect(first.bad.isEmpty)
            #expect(first.summary.imported == first.summary.lines)
            #expect(try await platform.count("web_users") == first.summary.users)
            #expect(try await platform.count("repositories") == first.summary.repositories)
            #expect(try await platform.count("agent_executions") == first.summary.executions)
            if !file.isSample {
                let summary = first.summary
                #expect(
                    numbers(summary.lines, summary.users, summary.repositories, summary.executions) == [
                        273, 18, 16, 56,
                    ])
            }
            let before = (rows: try await platform.rows(), items: try await platform.items())
            #expect(before.items.count { $0["event_type"] != nil } == first.summary.lines)
            for batch in [1000, 7] {
                let again = try await run(
                    GitHubFormat.self, file.path, into: platform.with(dynamoDB: platform.engine),
                    ImportOptions(linesPerBatch: batch))
                #expect(again.summary.imported == 0)
                #expect(again.summary.unchanged == again.summary.lines)
                #expect(try await platform.rows() == before.rows)
                #expect(try await platform.items() == before.items)
            }
        }
    }

    @Test("imports all real commits, fast, once")
    func commits() async throws {
        let file = RealData.file("commits")
        try await withPlatform { platform in
            let first = try await run(CommitFormat.self, file.path, into: platform.database)
            #expect(first.bad.isEmpty)
            #expect(first.summary.imported == first.summary.lines)
            if !file.isSample {
                #expect(
                    numbers(first.summary.lines, first.summary.users, first.summary.repositories) == [34_916, 376, 7])
            }
            var listed = 0
            var last = ULID(bits: 0)
            for try await page in try platform.database.events.events(type: .agentExecution, pageSize: 1000) {
                listed += page.events.count
                #expect(try #require(page.events.first).id > last)
                last = try #require(page.events.last).id
            }
            #expect(listed == first.summary.lines)
            let before = (rows: try await platform.rows(), items: try await platform.items())
            let again = try await run(CommitFormat.self, file.path, into: platform.with(dynamoDB: platform.engine))
            #expect(again.summary.imported == 0)
            #expect(try await platform.rows() == before.rows)
            #expect(try await platform.items() == before.items)
            print("commits: \(first.summary.sentence)\nagain: \(again.summary.sentence)")
        }
    }

    @Test("completes an import that died anywhere, and ends as if it had not")
    func crashes() async throws {
        let file = RealData.package.appending(path: "Database/sample/github-webhooks.ndjson").path
        try await withPlatform { platform in
            let whole = MemoryTables()
            _ = try await run(GitHubFormat.self, file, into: platform.with(dynamoDB: whole))
            let expected = whole.with { Set($0.items.keys) }
            let rows = try await platform.rows()
            for survived in stride(from: 0, to: expected.count, by: 9) {
                let tables = MemoryTables()
                tables.with { $0.putsUntilCrash = survived }
                await #expect(throws: CancellationError.self) {
                    try await run(
                        GitHubFormat.self, file, into: platform.with(dynamoDB: tables), ImportOptions(linesPerBatch: 5))
                }
                tables.with { $0.putsUntilCrash = .max }
                let rest = try await run(GitHubFormat.self, file, into: platform.with(dynamoDB: tables))
                #expect(rest.summary.imported + rest.summary.unchanged == rest.summary.lines)
                #expect(tables.with { Set($0.items.keys) } == expected)
            }
            #expect(try await platform.rows() == rows)
        }
    }

    let webhook = #"{"event":"issues","payload":{"issue":{"number":1,"updated_at":"2025-11-29T10:30:00Z"},"#

    @Test("skips bad lines and says which, or stops before their batch")
    func badLines() async throws {
        let good = webhook + #""sender":{"id":1,"login":"aoi"},"repository":{"id":2,"full_name":"aoi/tea"}}}"#
        let large = #"{"event":"push","payload":{"text":"\#(String(repeating: "x", count: 410_000))"}}"#
        let text = """
            \(good)

            {"event":
            '); drop table web_users; --
            \(good.replacing("10:30", with: "10:31"))
            \(large)
            """
        try await withTemporaryFile(Array(text.utf8)) { path in
            try await withPlatform { platform in
                let error = await #expect(throws: ImportError.self) {
                    try await run(GitHubFormat.self, path, into: platform.database, ImportOptions(isStrict: true))
                }
                #expect(error?.description == "\(path):3: the JSON text ends too early at byte 10")
                #expect(try await platform.rows().isEmpty)
                #expect(try await platform.items().isEmpty)

                let (summary, bad) = try await run(GitHubFormat.self, path, into: platform.database)
                #expect(bad.map(\.number) == [3, 4, 6])
                #expect(bad.last?.reason.contains("DynamoDB holds at most 409600") == true)
                #expect(numbers(summary.lines, summary.imported, summary.skipped, summary.executions) == [5, 2, 3, 2])
            }
        }
    }

    @Test("gives repositories to the importing user, events without a sender too")
    func owner() async throws {
        let bare = webhook + #""repository":{"id":2,"full_name":"aoi/tea"}}}"#
        let named = webhook + #""x":1,"sender":{"id":1,"login":"aoi"},"repository":{"id":3,"full_name":"aoi/cup"}}}"#
        try await withTemporaryFile(Array("\(bare)\n\(named)".utf8)) { path in
            try await withPlatform { platform in
                // Nobody would own repository 2: it stays out, and the issue opens no run.
                let unowned = try await run(GitHubFormat.self, path, into: platform.database).summary
                #expect(numbers(unowned.imported, unowned.repositories, unowned.executions) == [2, 1, 1])

                let tables = MemoryTables()
                let owner = try await platform.database.withSession(as: .service) { relations in
                    try #require(
                        try await relations.webUsers.insertMissing([
                            .init(id: UUID(), user: GitHubUser(githubID: 9, username: "ren"))
                        ])[0].id)
                }
                let owned = try await run(
                    GitHubFormat.self, path, into: platform.with(dynamoDB: tables), ImportOptions(owner: owner)
                ).summary
                #expect(numbers(owned.imported, owned.repositories, owned.executions) == [2, 1, 1])
                let store = EventStore(dynamoDB: tables)
                var events: [Event] = []
                for try await page in try store.events(user: owner) { events += page.events }
                #expect(events.count == 1)
                #expect(events.first?.repositoryID != nil)
            }
        }
    }

    @Test("keeps what a file says last of a user or repository, by the events' time")
    func refresh() async throws {
        func line(_ time: String, _ login: String, _ name: String) -> String {
            #"{"event":"star","payload":{"starred_at":"\#(time)","sender":{"id":1,"login":"\#(login)"},"#
                + #""repository":{"id":2,"full_name":"\#(login)/\#(name)"}}}"#
        }
        let text = [
            line("2025-01-03", "newest", "c"), line("2025-01-01", "oldest", "a"), line("2025-01-02", "mid", "b"),
        ]
        try await withTemporaryFile(Array(text.joined(separator: "\n").utf8)) { path in
            try await withPlatform { platform in
                var dumps: Set<[String]> = []
                for batch in [1, 2, 1000] {
                    _ = try await run(
                        GitHubFormat.self, path, into: platform.database, ImportOptions(linesPerBatch: batch))
                    dumps.insert(try await platform.rows())
                }
                #expect(dumps.count == 1)
                let found = try await platform.database.withSession(as: .service) { relations in
                    (
                        try await relations.webUserID(named: "newest"),
                        try await relations.repositoryID(named: "newest/c")
                    )
                }
                #expect(dumps.first?.contains { $0.contains(found.0.uuidString.lowercased()) } == true)
                #expect(dumps.first?.contains { $0.contains(found.1.uuidString.lowercased()) } == true)
            }
        }
    }
}
