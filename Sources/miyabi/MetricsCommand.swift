import ArgumentParser
import Foundation
import MiyabiDatabase
import MiyabiHome
import MiyabiMonitoring

/// `miyabi metrics`: what the monitor has kept.
struct MetricsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics",
        abstract: "Show what was measured: connections, latencies, errors, sizes, backlogs.",
        discussion: """
            `miyabi up` measures both halves and the machine every 15 seconds. It keeps that for a day, and by minutes for a \
            month. QUERY is a part of a metric's name, or of what Prometheus writes for a series:
              miyabi metrics connections
              miyabi metrics request_duration --since 2h
              miyabi metrics 'table="MiyabiEvents"' --since 7d

            Without QUERY every metric is listed with its meaning. What could not be read is unknown, and is not shown as zero.
            """)

    @OptionGroup var global: GlobalOptions

    @Argument(help: "A part of the names or labels to show.")
    var query: String?

    @Option(
        help: ArgumentHelp("From when on: \(Moment.forms). Default: 1h.", valueName: "time"), transform: Moment.past)
    var since: Timestamp?

    private struct Line: Encodable {
        var name: String
        var labels: String
        var kind: String
        var last: Double?
        var least: Double?
        var greatest: Double?
        var rate: Double?
        var increase: Double?
        var p50: Double?
        var p99: Double?
        var course: [Double?]
    }

    private struct Description: Encodable {
        var name: String
        var kind: String
        var help: String
    }

    func run() async throws {
        guard let query else { return try list() }
        let settings = try global.settings
        let start = since ?? (.now() - .seconds(3600))
        let isFine = Timestamp.now().milliseconds - start.milliseconds <= 86_400_000
        let directory = MetricHistory.directory(of: settings.home)
        var samples = try MetricStore.read(directory, isFine ? .fine : .coarse, since: start.milliseconds)
        if !isFine {
            // The minutes that are not written yet.
            let end = samples.last?.time ?? start.milliseconds
            samples += try MetricStore.read(directory, .fine, since: end + 1)
        }
        guard !samples.isEmpty else {
            throw ValidationError("nothing was measured in \(settings.home) in that time: `miyabi up` measures.")
        }
        let summaries = SeriesSummary.summaries(of: samples) { $0.description.contains(query) }
        if summaries.isEmpty {
            throw ValidationError("no series has \(query) in it. `miyabi metrics` lists all metrics.")
        }
        try show(summaries)
    }

    private func list() throws {
        if global.json {
            for metric in MetricCatalogue.all {
                try Console.json(Description(name: metric.name, kind: metric.kind.rawValue, help: metric.help))
            }
            return
        }
        var table = Table("METRIC", "KIND", "MEANING")
        for metric in MetricCatalogue.all { table.add(metric.name, metric.kind.rawValue, metric.help) }
        try Console.result(table.text())
    }

    private func show(_ summaries: [SeriesSummary]) throws {
        if global.json {
            for summary in summaries {
                try Console.json(
                    Line(
                        name: summary.series.name, labels: summary.series.labels, kind: summary.kind.rawValue,
                        last: summary.last, least: summary.least, greatest: summary.greatest, rate: summary.rate,
                        increase: summary.increase, p50: summary.p50, p99: summary.p99, course: summary.course))
            }
            return
        }
        var table = Table("SERIES", "LAST", "LEAST", "GREATEST", "RATE", "P50", "P99", "COURSE")
        for summary in summaries {
            table.add(
                summary.series.description, Figure.text(summary.last), Figure.text(summary.least),
                Figure.text(summary.greatest), summary.rate.map { "\(Figure.text($0))/s" } ?? "",
                Figure.text(summary.p50), Figure.text(summary.p99), Figure.sparkline(summary.course))
        }
        try Console.result(table.text())
    }
}

/// How numbers are shown to a person.
enum Figure {
    /// Three or four digits, with the thousand's letter.
    static func text(_ value: Double?) -> String {
        guard let value else { return "" }
        guard value.isFinite else { return "∞" }
        for (unit, size) in [("T", 1e12), ("G", 1e9), ("M", 1e6), ("k", 1e4)] where abs(value) >= size {
            return String(format: "%.4g", value / (unit == "k" ? 1e3 : size)) + unit
        }
        return String(format: "%.4g", value)
    }

    /// A line of eighth blocks from nothing to the greatest value; a space is unknown.
    static func sparkline(_ values: [Double?]) -> String {
        let blocks = Array("▁▂▃▄▅▆▇█")
        let greatest = values.compactMap { $0 }.max() ?? 0
        return String(
            values.map { value -> Character in
                guard let value else { return " " }
                guard greatest > 0 else { return blocks[0] }
                return blocks[min(7, max(0, Int(value / greatest * 7.99)))]
            })
    }
}
