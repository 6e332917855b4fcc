import DynamoDB
import DynamoDBEngine
import Foundation
import Testing

/// Kills a writing process at random moments and looks at what it left.
@Suite struct CrashTests {
    /// Not a test of its own: the process that ``acknowledgedWritesSurviveKills()`` starts and kills.
    @Test(.enabled(if: ProcessInfo.processInfo.environment[KilledWriter.environmentKey] != nil))
    func killedWriter() async throws {
        let directory = try #require(ProcessInfo.processInfo.environment[KilledWriter.environmentKey])
        try await KilledWriter.run(in: directory)
    }

    @Test(.enabled(if: ProcessInfo.processInfo.environment[KilledWriter.environmentKey] == nil))
    func acknowledgedWritesSurviveKills() async throws {
        let directory = try TemporaryDirectory()
        var random = SystemRandomNumberGenerator()
        for round in 1...5 {
            let before = Notes.read(directory.path).put.count
            let writer = try startWriter(in: directory.path)
            // Counts from the first acknowledged write, however long the process takes to start.
            let deadline = ContinuousClock.now + .seconds(60)
            while Notes.read(directory.path).put.count == before {
                let log = try String(contentsOfFile: directory.path + "/log", encoding: .utf8)
                try #require(writer.isRunning && ContinuousClock.now < deadline, "the writer does not write: \(log)")
                try await Task.sleep(for: .milliseconds(5))
            }
            try await Task.sleep(for: .milliseconds(Int.random(in: 1...400, using: &random)))
            kill(writer.processIdentifier, SIGKILL)
            writer.waitUntilExit()
            #expect(writer.terminationReason == .uncaughtSignal)
            try await check(directory, round: round)
        }
        #expect(Notes.read(directory.path).put.count > 5)
    }

    /// Starts this very program again, as a writer.
    private func startWriter(in directory: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["--testing-library", "swift-testing", "--filter", "CrashTests.killedWriter"]
        process.environment = ProcessInfo.processInfo.environment.merging([KilledWriter.environmentKey: directory]) {
            $1
        }
        let log = URL(fileURLWithPath: directory + "/log")
        try Data().write(to: log)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        return process
    }

    private func check(_ directory: TemporaryDirectory, round: Int) async throws {
        let notes = Notes.read(directory.path)
        let engine = try Engine.open(in: directory)
        let items = try await engine.scanAll(EventTable.name)
        let byKey = Dictionary(uniqueKeysWithValues: items.map { ([$0["PK"], $0["SK"]], $0) })
        for batch in notes.put.union(notes.ended) {
            let stored = (0..<KilledWriter.batchSize).filter { number in
                let event = KilledWriter.event(batch.writer, batch.number, number)
                return byKey[[event["PK"], event["SK"]]] == event
            }
            if notes.ended.contains(batch) {
                #expect(stored.isEmpty, "round \(round): a deleted \(batch) is back")
            } else if notes.ending.contains(batch) {
                // Batches are all or nothing here, acknowledged or not.
                #expect(stored.isEmpty || stored.count == KilledWriter.batchSize, "round \(round): half of \(batch)")
            } else {
                #expect(stored.count == KilledWriter.batchSize, "round \(round): \(batch) lost items")
            }
        }
        for (writer, count) in notes.counters {
            let key: Item = ["PK": .string("COUNTER"), "SK": .string("\(writer)")]
            guard case .number(let value) = byKey[[key["PK"], key["SK"]]]?["value"] else {
                Issue.record("round \(round): the counter of \(writer) is lost")
                continue
            }
            #expect(value >= DecimalNumber(count), "round \(round): the counter of \(writer) went back")
        }
        for index in ["GSI1", "GSI2"] {
            let entries = try await engine.scanAll(EventTable.name, index: index)
            let expected = items.filter { $0["\(index)PK"] != nil && $0["\(index)SK"] != nil }
            #expect(
                entries.count == expected.count && Set(entries) == Set(expected), "round \(round): \(index) differs")
        }
        await engine.close()
    }
}
