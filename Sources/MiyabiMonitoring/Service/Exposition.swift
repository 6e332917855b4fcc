/// Readings in Prometheus' text format, version 0.0.4.
enum Exposition {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// Upper bounds of the buckets that distributions are told in, in seconds.
    private static let bounds = [
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
    ]

    static func text(of readings: [Reading]) -> String {
        var text = ""
        let byName = Dictionary(grouping: readings, by: \.series.name)
        for metric in MetricCatalogue.all {
            guard let readings = byName[metric.name] else { continue }
            text += "# HELP \(metric.name) \(metric.help)\n# TYPE \(metric.name) \(metric.kind.rawValue)\n"
            for reading in readings.sorted(by: { $0.series < $1.series }) {
                switch reading.value {
                case .counter(let value), .gauge(let value): text += "\(reading.series) \(number(value))\n"
                case .distribution(let distribution): text += buckets(of: distribution, reading.series)
                }
            }
        }
        return text
    }

    private static func buckets(of distribution: Distribution, _ series: Series) -> String {
        var text = ""
        let sorted = distribution.counts.sorted { $0.key < $1.key }
        var place = 0
        var count: UInt64 = 0
        let labels = series.labels.isEmpty ? "" : series.labels + ","
        for bound in bounds {
            while place < sorted.count, Double(sorted[place].key) <= bound * 1e6 {
                count &+= sorted[place].value
                place += 1
            }
            text += "\(series.name)_bucket{\(labels)le=\"\(number(bound))\"} \(count)\n"
        }
        let sum = sorted.reduce(0.0) { $0 + Double($1.key) / 1e6 * Double($1.value) }
        text += "\(series.name)_bucket{\(labels)le=\"+Inf\"} \(distribution.total)\n"
        text += "\(Series("\(series.name)_sum", rawLabels: series.labels)) \(number(sum))\n"
        text += "\(Series("\(series.name)_count", rawLabels: series.labels)) \(distribution.total)\n"
        return text
    }

    private static func number(_ value: Double) -> String {
        if let whole = Int64(exactly: value) { return String(whole) }
        return value.isNaN ? "NaN" : value.isInfinite ? (value > 0 ? "+Inf" : "-Inf") : "\(value)"
    }
}
