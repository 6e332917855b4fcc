import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Postgres
import Testing

@Suite struct LogTests {
    /// Some moment, and entries at each second from it on.
    private static let start = Date(timeIntervalSince1970: 1_764_000_000)

    private func entries(_ count: Int, level: LogEntry.Level = .info) -> [LogEntry] {
        (0..<count).map {
            LogEntry(
                level, "it's \($0)", data: PostgresJSON("[\($0)]"), createdAt: Self.start.addingTimeInterval(Double($0))
            )
        }
    }

    /// How many of them are new.
    private func append(_ entries: [LogEntry], _ database: Database) async throws -> Int {
        try await database.withSession(as: .service) { try await $0.logs.append(entries) }.count { try $0.isNew }
    }

    private func list(
        _ filter: LogStore.Filter, _ market: Market, as role: PostgresSessionRole? = nil, limit: Int = 50
    ) async throws -> [LogEntry] {
        var found: [LogEntry] = []
        var cursor: PageCursor?
        repeat {
            let page = try await market.database.withSession(as: role ?? market.user(market.eve)) { [cursor] in
                try await $0.logs.list(filter, after: cursor, limit: limit)
            }
            found += page.rows
            cursor = page.next
        } while cursor != nil
        return found
    }

    @Test func whatHappenedIsWrittenOnceAndFound() async throws {
        try await Market.with { market in
            let (infos, errors) = (entries(25), entries(10, level: .error))
            #expect(try await append(infos + errors, market.database) == 35)
            #expect(try await append(infos, market.database) == 0)
            #expect(try await list(.init(level: .info), market, limit: 7) == infos.reversed())
            #expect(try await list(.init(level: .warn), market).isEmpty)
            let all = try await list(.init(), market, limit: 4)
            #expect(all.map(\.createdAt) == all.map(\.createdAt).sorted(by: >) && Set(all) == Set(infos + errors))
            // From a time on and before another.
            let period = infos[3].createdAt..<infos[8].createdAt
            #expect(try await list(.init(level: .info, period: period), market, limit: 2) == infos[3..<8].reversed())
            #expect(try await list(.init(period: period), market, limit: 3).count == 10)
            // The cursor of one period is no other's.
            let cursor = try await market.database.withSession(as: .service) {
                try #require(try await $0.logs.list(.init(period: period), limit: 1).next)
            }
            await #expect(throws: CursorError.self) {
                try await market.database.withSession(as: .service) { relations in
                    try await relations.logs.list(
                        .init(period: period.lowerBound..<infos[9].createdAt), after: cursor)
                }
            }
        }
    }

    @Test func adminsReadAndTheServiceWrites() async throws {
        try await Market.with { market in
            #expect(try await append(entries(3), market.database) == 3)
            #expect(try await list(.init(), market, as: market.user(market.eve)).count == 3)
            #expect(try await list(.init(), market, as: market.user(market.ann)).isEmpty)
            let new = entries(1)
            for role in try [market.user(market.ann), market.user(market.eve), .anonymous] {
                for attempt: @Sendable (LogStore) async throws -> Void in [
                    { try await $0.append(new[0]) }, { try await $0.expire(before: Date()) },
                ] {
                    let refusal = try await market.refusal(of: role) { try await attempt($0.logs) }
                    #expect(refusal == PostgresSQLState.insufficientPrivilege)
                }
            }
            let refusal = try await market.refusal(of: .anonymous) { _ = try await $0.logs.list() }
            #expect(refusal == PostgresSQLState.insufficientPrivilege)
            #expect(try await list(.init(), market).count == 3)
        }
    }

    /// What is refused costs the others nothing, and its error does not repeat what it says.
    @Test func whatIsRefusedIsNotTold() async throws {
        try await Market.with { market in
            let bad = LogEntry(.warn, "token hunter2", data: PostgresJSON("{hunter2"))
            let good = entries(2)
            let rows = try await market.database.withSession(as: .service) {
                try await $0.logs.append([good[0], bad, good[1]])
            }
            #expect(try rows[0].isNew && rows[2].isNew)
            let error = try #require(throws: PostgresError.self) { try rows[1].isNew }
            #expect(error.sqlState == "22P02")
            #expect(!"\(error)".contains("hunter2"))
            #expect(try await list(.init(), market) == good.reversed())
        }
    }

    @Test(.timeLimit(.minutes(5))) func whatIsOldGoesInBatches() async throws {
        try await Market.with { market in
            let written = entries(30)
            #expect(try await append(written, market.database) == 30)
            let expire = { @Sendable in
                try await market.database.withSession(as: .service) {
                    try await $0.logs.expire(before: written[25].createdAt, limit: 10)
                }
            }
            // The oldest go first; many may clear at once, and no entry counts twice.
            #expect(try await expire() == 10)
            #expect(try await list(.init(), market) == written[10...].reversed())
            let gone = try await withThrowingTaskGroup { group in
                for _ in 0..<4 { group.addTask { try await expire() } }
                return try await group.reduce(0, +)
            }
            #expect(gone == 15)
            #expect(try await expire() == 0)
            #expect(try await list(.init(), market) == written[25...].reversed())
        }
    }

    @Test func listsReadTheirIndexes() async throws {
        try await withPlatform { platform in
            try await insertMany(
                into: ["logs"], platform.configuration,
                """
                INSERT INTO logs (id, level, message, created_at)
                SELECT \(unsafeSQL: numberedID(2)), CASE n % 100 WHEN 0 THEN 'error' WHEN 1 THEN 'warn' ELSE 'info' END,
                  'x', timestamptz '2025-01-01' + n / 10 * interval '1 second'
                FROM generate_series(1, 1000000) n
                """)
            let noon = try #require(Timestamp(iso8601: "2025-01-01T12:00:00Z")).date
            let hour = noon..<noon.addingTimeInterval(3600)
            try await withPlans(platform.configuration) { database, plans in
                let expected: [(LogStore.Filter, String)] = [
                    (.init(), "idx_logs_created_at_id"), (.init(period: hour), "idx_logs_created_at_id"),
                    (.init(level: .error), "idx_logs_level_created_at_id"),
                    (.init(level: .error, period: hour), "idx_logs_level_created_at_id"),
                ]
                for (filter, index) in expected {
                    try await plans.expect(index, of: database) { try await $0.logs.list(filter, after: $1) }
                }
                let expired = try await plans.plan {
                    try await database.withSession(as: .service) { try await $0.logs.expire(before: noon, limit: 100) }
                }
                #expect(expired.result == 100)
                #expect(expired.text.contains("idx_logs_created_at_id") && !expired.text.contains("Seq Scan"))
            }
        }
    }
}
