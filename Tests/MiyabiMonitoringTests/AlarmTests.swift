import Foundation
import Logging
import MiyabiHome
import MiyabiSystem
import Testing

@testable import MiyabiMonitoring

@Suite struct AlarmTests {
    private let times = AlarmMachine.Times(duration: 60, recovery: 30, patience: 45)

    /// Runs a machine over values at every 15th tick; tells each change as "time state".
    private func changes(_ values: [Double?], _ machine: inout AlarmMachine, from start: Int64 = 0) -> [String] {
        values.enumerated().compactMap { number, value in
            let now = start + Int64(number) * 15
            let before = machine.take(value, at: now, times, isBad: { $0 > 80 }, isGood: { $0 <= 75 })
            return before.map { _ in "\(now) \(machine.state.rawValue)" }
        }
    }

    @Test func itMustBeBadForTheWholeDurationAndEachChangeIsToldOnce() {
        var machine = AlarmMachine()
        #expect(
            changes([1, 90, 90, 90, 1, 90, 90, 90, 90, 90, 95, 99], &machine) == ["0 OK", "135 ALARM"])
    }

    @Test func hysteresisKeepsAnAlarmFromFluttering() {
        var machine = AlarmMachine()
        #expect(changes([1, 90, 90, 90, 90, 90], &machine) == ["0 OK", "75 ALARM"])
        // Between 75 and 80 it is neither bad nor good again.
        #expect(changes([79, 81, 78, 79, 77, 79], &machine, from: 90) == [])
        #expect(machine.state == .alarm)
        #expect(changes([70, 76, 70, 70, 70], &machine, from: 200) == ["260 OK"])
    }

    @Test func unknownIsNeitherGoodNorBad() {
        var machine = AlarmMachine()
        #expect(changes([nil, nil], &machine) == [])
        #expect(changes([1, nil, nil, 1], &machine, from: 30) == ["30 OK"])
        #expect(changes([nil, nil, nil, nil, nil], &machine, from: 100) == ["145 INSUFFICIENT_DATA"])
        #expect(changes([90, 90, 90, 90, 90], &machine, from: 200) == ["200 OK", "260 ALARM"])
        // Of an alarm nothing is known any more; when it is bad again it must be so for its duration.
        #expect(changes([nil, nil, nil, nil], &machine, from: 300) == ["345 INSUFFICIENT_DATA"])
    }

    @Test func aStateSurvivesARestart() throws {
        var machine = AlarmMachine()
        _ = changes([1, 90, 90, 90, 90, 90], &machine)
        var again = try JSONDecoder().decode(AlarmMachine.self, from: try JSONEncoder().encode(machine))
        #expect(again == machine)
        #expect(changes([99, 99], &again, from: 90) == [])
    }

    // MARK: Expressions

    private func up(_ source: String) -> [Series: Sample.Figure] {
        [Series("miyabi_source_up", ["source": source]): .gauge(last: 1, least: 1, greatest: 1)]
    }

    private func gauge(_ value: Double) -> Sample.Figure { .gauge(last: value, least: value, greatest: value) }

    @Test func countersAreSummedOverTheWindowAndNothingIsZeroOnlyWhereTheSourceAnswered() throws {
        let errors = Series("miyabi_dynamodb_user_errors_total", ["operation": "PutItem", "table": ""])
        let samples = (0..<10).map { number in
            Sample(
                time: Int64(number) * 15_000, span: 15,
                figures: up("dynamodb").merging([errors: .increase(3)]) { $1 })
        }
        let rule = try #require(AlarmRules.rule(named: "dynamodb-user-errors"))
        let found = try #require(rule.expression.value(of: samples, pace: 1))
        #expect(found.value == 12 && found.series == errors)
        let quiet = [Sample(time: 0, span: 15, figures: up("dynamodb"))]
        #expect(rule.expression.value(of: quiet, pace: 1)?.value == 0)
        #expect(rule.expression.value(of: [Sample(time: 0, span: 15)], pace: 1) == nil)
    }

    @Test func theTrendOfADiskTellsWhenItIsFull() throws {
        let free = Series("miyabi_host_disk_available_bytes")
        func falling(by rate: Double) -> [Sample] {
            (0...240).map { number in
                Sample(
                    time: Int64(number) * 15_000, span: 15,
                    figures: [free: gauge(1e9 - rate * Double(number) * 15)])
            }
        }
        let rule = try #require(AlarmRules.rule(named: "host-disk-trend"))
        let left = try #require(rule.expression.value(of: falling(by: 100_000), pace: 1)?.value)
        #expect(abs(left - (1e9 - 3600 * 1e5) / 1e5) < 1)
        #expect(rule.isBad(left, 86_400))
        #expect(rule.expression.value(of: falling(by: -1), pace: 1)?.value == .infinity)
        // A minute says nothing of a day.
        #expect(rule.expression.value(of: Array(falling(by: 1e5).prefix(5)), pace: 1) == nil)
    }

    @Test func thresholdsFollowTheMachine() throws {
        let rule = try #require(AlarmRules.rule(named: "host-memory"))
        for (gigabytes, limit) in [(2.0, 0.2 * 1_073_741_824), (64, 500 * 1_048_576)] {
            let sample = Sample(
                time: 0, span: 15, figures: [Series("miyabi_host_memory_bytes"): gauge(gigabytes * 1_073_741_824)])
            #expect(abs(try #require(rule.threshold.number(sample, pace: 1)) - limit) < 1)
        }
    }

    @Test func rulesAreWhole() {
        #expect(Set(AlarmRules.all.map(\.name)).count == AlarmRules.all.count)
        for rule in AlarmRules.all {
            for metric in rule.expression.metrics {
                #expect(MetricCatalogue.byName[metric] != nil, "\(rule.name) looks at \(metric), which nobody measures")
            }
            #expect(rule.meaning.hasSuffix(".") || rule.meaning.hasSuffix(")."))
            #expect(!rule.runbook.isEmpty)
        }
        // The specification's section 5.3.
        for name in [
            "postgres-connections", "host-cpu", "host-memory", "dynamodb-read-latency", "dynamodb-write-latency",
            "postgres-deadlock", "dynamodb-user-errors", "dynamodb-system-errors", "dynamodb-throttles",
        ] { #expect(AlarmRules.rule(named: name) != nil) }
    }

    // MARK: Telling

    private actor Sink: AlarmSink {
        nonisolated let name = "sink"
        private var failures: Int
        private(set) var told: [String] = []

        init(failures: Int) { self.failures = failures }

        func tell(_ event: AlarmEvent) async throws {
            if failures > 0 {
                failures -= 1
                throw AlarmSinkError(reason: "not now")
            }
            told.append("\(event.alarm) \(event.state.rawValue)")
        }
    }

    @Test func whoCannotBeToldIsTriedAgainAndNothingIsToldTwice() async throws {
        let sink = Sink(failures: 3)
        let notifier = AlarmNotifier([sink], logger: .init(label: "test"), backoff: .milliseconds(1))
        var event = AlarmEvent(AlarmRules.all[0], .alarm, before: .ok, at: 0, value: 1)
        await notifier.tell(event)
        event.isSilenced = true
        await notifier.tell(event)
        event = AlarmEvent(AlarmRules.all[0], .ok, before: .insufficientData, at: 0, value: 1)
        await notifier.tell(event)
        event = AlarmEvent(AlarmRules.all[0], .ok, before: .alarm, at: 0, value: 1)
        await notifier.tell(event)
        for _ in 0..<500 where await sink.told.count < 2 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(await sink.told == ["postgres-unreachable ALARM", "postgres-unreachable OK"])
        await notifier.stop()
    }

    @Test func aSignatureIsThatOfTheTimeAndTheBody() {
        // printf '1700000000.{}' | openssl dgst -sha256 -hmac key
        #expect(
            AlarmWebhook.signature(Data("{}".utf8), secret: "key", at: 1_700_000_000)
                == "t=1700000000,v1=9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae")
    }

    @Test func theDeskRemembersWhatItToldAndWhatIsSilent() throws {
        let home = MiyabiHome(path: NSTemporaryDirectory() + "miyabi-alarms-\(UUID().uuidString)")
        try Files.makeDirectory(MetricHistory.directory(of: home))
        defer { try? FileManager.default.removeItem(atPath: home.path) }
        let files = AlarmFiles(home)
        let parked = Series("miyabi_outbox_parked_changes")
        func sample(_ time: Int64, _ value: Double) -> [Sample] {
            [Sample(time: time, span: 15, figures: up("work").merging([parked: gauge(value)]) { $1 })]
        }
        var desk = AlarmDesk(files: files)
        var events = try desk.judge(sample(0, 0))
        #expect(events.isEmpty)
        events = try desk.judge(sample(15_000, 2))
        #expect(events.map(\.alarm) == ["outbox-parked"] && events.map(\.value) == [2])
        // After a restart the alarm is still one, and is not told again.
        desk = AlarmDesk(files: files)
        #expect(desk.states["outbox-parked"]?.state == .alarm)
        events = try desk.judge(sample(30_000, 2))
        #expect(events.isEmpty)
        try files.silence("outbox-parked", until: 60_000, now: 30_000)
        let over = try desk.judge(sample(45_000, 0))
        #expect(over.map(\.state) == [.ok] && over.allSatisfy(\.isSilenced))
        #expect(files.history().map(\.state) == [.alarm, .ok])
        #expect(files.silences(at: 61_000).isEmpty)
    }

    /// docs/operations.md has each alarm and metric as the rules have it.
    @Test func thePageIsInStep() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/operations.md")
        let page = try String(contentsOf: path, encoding: .utf8)
        func part(_ name: String) -> Substring? {
            guard let start = page.firstRange(of: "<!-- \(name) -->\n"),
                let end = page.firstRange(of: "<!-- end of \(name) -->")
            else { return nil }
            return page[start.upperBound..<end.lowerBound]
        }
        // To make the page anew: MIYABI_WRITE_DOCS=1 swift test --filter thePageIsInStep
        if ProcessInfo.processInfo.environment["MIYABI_WRITE_DOCS"] != nil {
            var text = page
            for (name, content) in [("alarms", OperationsGuide.alarms), ("metrics", OperationsGuide.metrics)] {
                let old = try #require(part(name))
                text = text.replacing(
                    "<!-- \(name) -->\n\(old)<!-- end of \(name) -->",
                    with: "<!-- \(name) -->\n\n\(content)\n\n<!-- end of \(name) -->")
            }
            try text.write(to: path, atomically: true, encoding: .utf8)
            return
        }
        #expect(part("alarms").map(String.init) == "\n\(OperationsGuide.alarms)\n\n")
        #expect(part("metrics").map(String.init) == "\n\(OperationsGuide.metrics)\n\n")
    }
}
