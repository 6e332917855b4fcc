import Postgres
import Synchronization
import TestSupport
import Testing

@Suite struct NoticeTests {
    @Test func reachTheHandlerInOrder() async throws {
        try await withDatabase { configuration in
            let notices = Notices()
            var configuration = configuration
            configuration.noticeHandler = { notices.append($0) }
            let db = try await PostgresConnection.connect(configuration)
            try await db.executeScript(
                "DO $$ BEGIN RAISE NOTICE 'one'; RAISE WARNING 'two' USING HINT = 'do this'; END $$")
            let received = notices.all
            #expect(received.map(\.message) == ["one", "two"])
            #expect(received.map(\.severity) == ["NOTICE", "WARNING"])
            #expect(received.last?.fields.hint == "do this")
            await db.close()
        }
    }

    private final class Notices: Sendable {
        private let notices = Mutex<[PostgresNotice]>([])
        var all: [PostgresNotice] { notices.withLock { $0 } }
        func append(_ notice: PostgresNotice) { notices.withLock { $0.append(notice) } }
    }
}
