import Foundation
import MiyabiDatabase
import MiyabiHome
import MiyabiSystem
import Testing

@testable import MiyabiOperations

struct HomeLogsTests {
    private let home: MiyabiHome
    private let postgresLog: String

    init() throws {
        home = MiyabiHome(path: NSTemporaryDirectory() + "miyabi-logs-\(UUID().uuidString)")
        postgresLog = home.postgresDirectory + "/log"
        for directory in [home.logDirectory, postgresLog] {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        }
        try write("", to: home.marker)
    }

    private func write(_ text: String, to path: String) throws {
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }

    private func append(_ text: String, to path: String) throws {
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.seekToEnd()
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    private func remove() throws { try FileManager.default.removeItem(atPath: home.path) }

    @Test func sourcesAreMergedByTime() throws {
        defer { try? remove() }
        try write("2026-11-30T06:00:00.000Z miyabi: old\n", to: home.supervisorLog + ".1")
        try write(
            """
            noise of a program that knows no time
            2026-11-30T06:00:01.000Z miyabi: starting
            2026-11-30T06:00:03.000Z dynamodb: warning: slow disk (bytes: 1)
            2026-11-30T06:00:05.000Z miyabi: ready

            """, to: home.supervisorLog)
        try write(
            """
            2026-11-30 06:00:02.000 UTC [7] LOG:  starting
            2026-11-30 06:00:04.000 UTC [8] ann@db psql 42601 ERROR:  syntax error
            \tin the second line

            """, to: postgresLog + "/postgresql-Mon.log")
        var logs = try HomeLogs(home)
        let (entries, hasMore) = try logs.newest(10)
        #expect(!hasMore)
        #expect(
            entries.map { "\($0.time.seconds % 10) \($0.source) \($0.message)" } == [
                "0 miyabi old", "1 miyabi starting", "2 postgres [7] LOG:  starting",
                "3 dynamodb warning: slow disk (bytes: 1)",
                "4 postgres [8] ann@db psql 42601 ERROR:  syntax error\n\tin the second line", "5 miyabi ready",
            ])
        let newest = try logs.newest(2)
        #expect(newest.entries == Array(entries.suffix(2)) && newest.hasMore)

        var filter = HomeLogs.Filter()
        filter.sources = [.dynamodb, .postgres]
        filter.since = entries[3].time
        logs = try HomeLogs(home, filter: filter)
        let some = try logs.newest(10)
        #expect(some.entries == Array(entries[3...4]) && !some.hasMore)
    }

    @Test func followingSeesEachEntryOnce() throws {
        defer { try? remove() }
        try write("2026-11-30T06:00:01.000Z miyabi: one\n2026-11-30T06:00:02.000Z miyabi: t", to: home.supervisorLog)
        var logs = try HomeLogs(home)
        var seen = try logs.newest(10).entries.map(\.message)
        #expect(seen == ["one"])
        // A line is told when its end is there.
        try append("wo\n", to: home.supervisorLog)
        seen = try logs.next().map(\.message)
        #expect(seen == ["two"])
        seen = try logs.next().map(\.message)
        #expect(seen.isEmpty)
        // A renamed file is not read again, and the new one is.
        try FileManager.default.moveItem(atPath: home.supervisorLog, toPath: home.supervisorLog + ".1")
        try write("2026-11-30T06:00:03.000Z miyabi: three\n", to: home.supervisorLog)
        seen = try logs.next().map(\.message)
        #expect(seen == ["three"])
        // What has no time goes with what was before it.
        try append("more\n", to: home.supervisorLog)
        let more = try logs.next()
        #expect(more.map(\.message) == ["more"] && more.first?.time.seconds == 1_796_018_403)
        // PostgreSQL overwrites last week's file.
        try write("", to: home.supervisorLog)
        seen = try logs.next().map(\.message)
        #expect(seen.isEmpty)
        try append("2026-11-30T06:00:04.000Z miyabi: four\n", to: home.supervisorLog)
        seen = try logs.next().map(\.message)
        #expect(seen == ["four"])
    }

    @Test func onlyTheEndOfALongFileIsRead() throws {
        defer { try? remove() }
        let lines = (0..<20_000).map { "2026-11-30T06:00:00.\(String(format: "%03d", $0 / 20))Z miyabi: entry \($0)\n" }
        try write(lines.joined(), to: home.supervisorLog)
        var logs = try HomeLogs(home)
        let (entries, hasMore) = try logs.newest(3000)
        #expect(hasMore && entries.map(\.message) == (17_000..<20_000).map { "entry \($0)" })
        let later = try logs.next()
        #expect(later.isEmpty)
    }

    @Test func aDirectoryThatIsNoHomeIsNamed() throws {
        defer { try? remove() }
        try FileManager.default.removeItem(atPath: home.marker)
        let error = #expect(throws: OperationsError.self) { try HomeLogs(home) }
        #expect(error?.message.contains(home.path) == true)
    }
}
