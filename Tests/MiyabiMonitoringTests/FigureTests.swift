import DynamoDBService
import Foundation
import Histogram
import Testing

@testable import MiyabiMonitoring

@Suite struct FigureTests {
    private let requests = Series("miyabi_dynamodb_requests_total", ["operation": "GetItem"])

    private func counter(_ value: Double) -> [String: [Reading]] { ["dynamodb": [Reading(requests, .counter(value))]] }

    @Test func countersAreToldByTheirGrowthWhateverIsReset() {
        var differences = Differences()
        var increases: [Sample.Figure?] = []
        for value in [100.0, 130, 130, 5, 9] {
            let sample = differences.sample(counter(value), at: 0, span: 15)
            increases.append(sample.figures[requests])
        }
        #expect(increases == [nil, .increase(30), .increase(0), .increase(5), .increase(4)])
    }

    /// The first throttle of a table is a new series: it happened since the last sample.
    @Test func aCounterThatAppearsCountsFromNothing() {
        var differences = Differences()
        _ = differences.sample(counter(1), at: 0, span: 15)
        let new = Series("miyabi_dynamodb_throttled_requests_total", ["table": "T"])
        let sample = differences.sample(["dynamodb": [Reading(new, .counter(3))]], at: 1, span: 15)
        #expect(sample.figures[new] == .increase(3))
        #expect(sample.figures[requests] == nil)
    }

    @Test func whatIsUnknownForAWhileIsNotLostAndNotZero() {
        var differences = Differences()
        _ = differences.sample(counter(10), at: 0, span: 15)
        let unknown = differences.sample([:], at: 1, span: 15)
        #expect(unknown.figures.isEmpty)
        let known = differences.sample(counter(25), at: 2, span: 15)
        #expect(known.figures[requests] == .increase(15))
    }

    @Test func percentilesAreThoseOfTheHistogram() throws {
        var generator = SystemRandomNumberGenerator()
        var histogram = LatencyRange.histogram()
        var values: [UInt64] = []
        for _ in 0..<5000 {
            let value = UInt64(exp(Double.random(in: 0...17, using: &generator)))
            values.append(value)
            histogram.record(value)
        }
        values.sort()
        let distribution = Distribution(histogram)
        for percent in [1.0, 50, 90, 99, 99.9, 100] {
            let exact = Double(values[max(0, Int((percent / 100 * 5000).rounded(.up)) - 1)])
            let found = Double(try #require(distribution.percentile(percent)))
            #expect(found >= exact && found <= exact * 1.01 + 1, "p\(percent): \(found) for \(exact)")
        }
    }

    @Test func mergedDistributionsAreThoseOfAllValues() {
        var (one, two, both) = (LatencyRange.histogram(), LatencyRange.histogram(), LatencyRange.histogram())
        for value in stride(from: UInt64(1), to: 100_000, by: 37) {
            if value % 2 == 0 { one.record(value) } else { two.record(value) }
            both.record(value)
        }
        var merged = Distribution(one)
        merged.merge(Distribution(two))
        #expect(merged == Distribution(both))
        #expect(Distribution(both).since(Distribution(one)) == Distribution(two))
        // A server that began anew counts from nothing.
        #expect(Distribution(one).since(Distribution(both)) == Distribution(one))
    }

    @Test func aSummaryTellsEachKindInItsOwnWay() {
        let gauge = Series("miyabi_postgres_connections")
        let latency = Series("miyabi_dynamodb_request_duration_seconds", ["operation": "GetItem"])
        let samples = (0..<8).map { number in
            Sample(
                time: Int64(number) * 15_000, span: 15,
                figures: [
                    gauge: .gauge(last: Double(number), least: Double(number), greatest: Double(number)),
                    requests: .increase(30), latency: .distribution(Distribution([1000: 99, 200_000: 1])),
                ])
        }
        let summaries = SeriesSummary.summaries(of: samples, parts: 4) { _ in true }
        #expect(summaries.map(\.series) == [latency, requests, gauge].sorted())
        let byName = Dictionary(uniqueKeysWithValues: summaries.map { ($0.series, $0) })
        #expect(byName[gauge]?.last == 7 && byName[gauge]?.least == 0 && byName[gauge]?.greatest == 7)
        #expect(byName[gauge]?.course == [1, 3, 5, 7])
        #expect(byName[requests]?.rate == 2 && byName[requests]?.increase == 240)
        #expect(byName[latency]?.p50 == 0.001 && byName[latency]?.p99 == 0.001 && byName[latency]?.greatest == 0.2)
    }

    @Test func labelsAreReadBackWhateverIsBesideThem() {
        let series = Series("m", ["a": "1", "ab": "2", "b": "x\ny"])
        #expect(series.label("a") == "1" && series.label("ab") == "2" && series.label("c") == nil)
        #expect(series.description == "m{a=\"1\",ab=\"2\",b=\"x\\ny\"}")
    }

    @Test func theMachineIsReadAsTheKernelWritesIt() throws {
        let times = try #require(
            HostSource.processorTimes("cpu  100 0 50 800 50 0 0 0 0 0\ncpu0 1 1 1 1 1 1 1 1\n"))
        #expect(times.busy == 1.5 && times.idle == 8.5)
        #expect(HostSource.processorTimes("intr 1") == nil)
        #expect(HostSource.fields("MemAvailable:   12 kB\nHugePages_Total:  0\n") == ["MemAvailable": 12_288])
    }

    @Test func everyReadingHasItsPlaceInTheCatalogue() throws {
        var figures = RequestFigures()
        var counts = RequestFigures.Counts()
        counts.requests = 3
        figures.counts = ["T": ["GetItem": counts]]
        var histogram = LatencyRange.histogram()
        histogram.record(700)
        figures.latencies = ["GetItem": histogram]
        let readings = EngineSource.readings(of: figures)
        for reading in readings {
            let metric = try #require(MetricCatalogue.byName[reading.series.name])
            switch reading.value {
            case .counter: #expect(metric.kind == .counter)
            case .gauge: #expect(metric.kind == .gauge)
            case .distribution: #expect(metric.kind == .histogram)
            }
        }
        let text = Exposition.text(of: readings)
        #expect(text.contains("miyabi_dynamodb_requests_total{operation=\"GetItem\",table=\"T\"} 3\n"))
        #expect(
            text.contains("miyabi_dynamodb_request_duration_seconds_bucket{operation=\"GetItem\",le=\"0.0005\"} 0\n"))
        #expect(
            text.contains("miyabi_dynamodb_request_duration_seconds_bucket{operation=\"GetItem\",le=\"0.001\"} 1\n"))
        for metric in MetricCatalogue.all {
            #expect(MetricCatalogue.source(of: metric.name) != nil, "\(metric.name) has no source")
            #expect(metric.name.hasSuffix("_total") == (metric.kind == .counter), "\(metric.name)")
        }
    }

    /// One source that hangs and one that fails leave the others' figures as they are.
    @Test func sourcesFailAlone() async {
        struct Good: MetricSource {
            let name = "good"
            func read() async throws -> [Reading] { [Reading(Series("x"), .gauge(1))] }
        }
        struct Bad: MetricSource {
            struct Failure: Error {}
            let name = "bad"
            func read() async throws -> [Reading] { throw Failure() }
        }
        struct Hanging: MetricSource {
            let name = "hanging"
            let gate: AsyncStream<Void>

            func read() async throws -> [Reading] {
                // Deaf to cancellation.
                await Task.detached { [gate] in for await _ in gate {} }.value
                return [Reading(Series("y"), .gauge(1))]
            }
        }
        let (gate, opening) = AsyncStream.makeStream(of: Void.self)
        // Long enough for a machine that tests keep busy.
        let collector = Collector([Good(), Bad(), Hanging(gate: gate)], deadline: .seconds(5))
        let first = await collector.collect()
        #expect(first["good"] == [Reading(Series("x"), .gauge(1))])
        #expect(first["bad"] == nil && first["hanging"] == nil)
        func isUp(_ readings: [String: [Reading]], _ source: String) -> Bool {
            readings["monitor"]?.contains(Reading(Series("miyabi_source_up", ["source": source]), .gauge(1))) == true
        }
        #expect(isUp(first, "good") && !isUp(first, "bad") && !isUp(first, "hanging"))
        let second = await collector.collect()
        #expect(second["hanging"] == nil && second["good"] != nil)
        #expect(await collector.problems["hanging"] == "still does not answer")
        opening.finish()
        var isBack = false
        for _ in 0..<200 where !isBack {
            isBack = await collector.collect()["hanging"] != nil
            try? await Task.sleep(for: .milliseconds(20))
        }
        #expect(isBack)
    }
}
