/// What an alarm looks at, as data: evaluated here, and written as PromQL for those who keep their rules in Prometheus.
public enum AlarmExpression: Sendable, Equatable {
    /// Of several series of a gauge.
    public enum Fold: String, Sendable { case greatest = "max", least = "min" }

    /// The present value of a gauge.
    case gauge(String, Fold = .greatest, labels: [String: String] = [:])
    /// One gauge as a share of another.
    case ratio(String, of: String)
    /// By how much a counter grew in so many seconds, all series together.
    case increase(String, over: Int)
    /// How much of a counter's growth was of one label's value.
    case share(String, label: String, value: String, over: Int)
    /// By how much one counter grew for each that another grew.
    case mean(String, per: String, over: Int)
    /// A percentile of a distribution, in seconds.
    case percentile(String, Double, label: String, values: [String], over: Int)
    /// Seconds until a gauge is 0, by its trend; infinite where it does not fall.
    case timeLeft(String, over: Int)

    /// The metrics that it needs.
    var metrics: [String] {
        switch self {
        case .gauge(let name, _, _), .increase(let name, _), .share(let name, _, _, _),
            .percentile(let name, _, _, _, _), .timeLeft(let name, _):
            [name]
        case .ratio(let name, let other), .mean(let name, let other, _): [name, other]
        }
    }

    /// What it comes to, and of which series; nil where that is unknown.
    ///
    /// - Parameters:
    ///   - samples: the last ones, oldest first.
    ///   - pace: how many times faster time passes, for tests.
    func value(of samples: [Sample], pace: Double) -> (value: Double, series: Series?)? {
        guard let latest = samples.last else { return nil }
        switch self {
        case .gauge(let name, let fold, let labels):
            let all = latest.gauges(name, labels)
            let found =
                fold == .greatest ? all.max { $0.value < $1.value } : all.min { $0.value < $1.value }
            return found.map { ($0.value, $0.series) }
        case .ratio(let name, let other):
            guard let part = latest.gauges(name).first, let whole = latest.gauges(other).first, whole.value > 0 else {
                return nil
            }
            return (part.value / whole.value, part.series)
        case .increase(let name, let seconds):
            return samples.increase(of: name, over: Double(seconds) / pace)
        case .share(let name, let label, let value, let seconds):
            let window = Double(seconds) / pace
            guard let part = samples.increase(of: name, [label: value], over: window),
                let whole = samples.increase(of: name, over: window), whole.value > 0
            else { return nil }
            return (part.value / whole.value, part.series)
        case .mean(let name, let other, let seconds):
            let window = Double(seconds) / pace
            guard let sum = samples.increase(of: name, over: window),
                let count = samples.increase(of: other, over: window)
            else { return nil }
            return (count.value > 0 ? sum.value / count.value : 0, nil)
        case .percentile(let name, let percent, let label, let values, let seconds):
            guard latest.isKnown(name) else { return nil }
            var merged = Distribution()
            for sample in samples.within(Double(seconds) / pace) {
                for (series, figure) in sample.figures where series.name == name {
                    guard case .distribution(let distribution) = figure, let value = series.label(label),
                        values.contains(value)
                    else { continue }
                    merged.merge(distribution)
                }
            }
            return (merged.percentile(percent).map { Double($0) / 1e6 } ?? 0, nil)
        case .timeLeft(let name, let seconds):
            return samples.timeLeft(of: name, over: Double(seconds) / pace).map { ($0, nil) }
        }
    }

    /// The same as PromQL.
    var promQL: String {
        switch self {
        case .gauge(let name, let fold, let labels):
            "\(fold.rawValue)(\(name)\(Self.selector(labels)))"
        case .ratio(let name, let other): "max(\(name)) / max(\(other))"
        case .increase(let name, let seconds): "sum(increase(\(name)[\(Self.range(seconds))]))"
        case .share(let name, let label, let value, let seconds):
            "sum(rate(\(name){\(label)=\"\(value)\"}[\(Self.range(seconds))])) / sum(rate(\(name)[\(Self.range(seconds))]))"
        case .mean(let name, let other, let seconds):
            "sum(rate(\(name)[\(Self.range(seconds))])) / sum(rate(\(other)[\(Self.range(seconds))]))"
        case .percentile(let name, let percent, let label, let values, let seconds):
            "histogram_quantile(\(percent / 100), sum by (le) (rate(\(name)_bucket{\(label)=~\"\(values.joined(separator: "|"))\"}[\(Self.range(seconds))])))"
        case .timeLeft(let name, let seconds):
            // Infinite where it grows, and never negative.
            "min(\(name) / clamp_min(-deriv(\(name)[\(Self.range(seconds))]), 0))"
        }
    }

    private static func selector(_ labels: [String: String]) -> String {
        if labels.isEmpty { return "" }
        return "{" + labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ",") + "}"
    }

    /// At least four of Prometheus' usual scrapes.
    private static func range(_ seconds: Int) -> String { "\(max(seconds, 60))s" }
}

extension Series {
    /// The value of a label; nil where there is none.
    public func label(_ name: String) -> String? {
        var start = labels.startIndex
        if !labels.hasPrefix("\(name)=\"") {
            guard let comma = labels.firstRange(of: ",\(name)=\"") else { return nil }
            start = labels.index(after: comma.lowerBound)
        }
        let value = labels[start...].dropFirst(name.count + 2)
        return value.firstIndex(of: "\"").map { String(value[..<$0]) }
    }

    func matches(_ labels: [String: String]) -> Bool { labels.allSatisfy { label($0.key) == $0.value } }
}

extension Sample {
    func gauges(_ name: String, _ labels: [String: String] = [:]) -> [(series: Series, value: Double)] {
        figures.compactMap { series, figure in
            guard series.name == name, series.matches(labels), case .gauge(let last, _, _) = figure else { return nil }
            return (series, last)
        }
    }

    /// Whether the source of a metric could be read, so that what it does not tell of has not happened.
    func isKnown(_ metric: String) -> Bool {
        guard let source = MetricCatalogue.source(of: metric) else { return false }
        return gauges("miyabi_source_up", ["source": source]).first?.value == 1
    }
}

extension [Sample] {
    /// Those of the last seconds.
    func within(_ seconds: Double) -> ArraySlice<Sample> {
        guard let last else { return [] }
        let start = last.time - Int64(seconds * 1000)
        return drop { $0.time <= start }
    }

    /// By how much a counter grew, and the series that grew most.
    func increase(
        of name: String, _ labels: [String: String] = [:], over seconds: Double
    ) -> (value: Double, series: Series?)? {
        guard let last, last.isKnown(name) else { return nil }
        var sums: [Series: Double] = [:]
        for sample in within(seconds) {
            for (series, figure) in sample.figures where series.name == name && series.matches(labels) {
                if case .increase(let value) = figure { sums[series, default: 0] += value }
            }
        }
        // The engine tells of operations and errors once there are some; everything else is told from the start.
        if sums.isEmpty && !name.hasPrefix("miyabi_dynamodb_") { return nil }
        return (sums.values.reduce(0, +), sums.max { $0.value < $1.value }?.key)
    }

    /// Seconds until a gauge is 0 if it goes on as in the window, by a straight line through its values. Unknown before half
    /// of the window was seen.
    func timeLeft(of name: String, over seconds: Double) -> Double? {
        let points = within(seconds).compactMap { sample in
            sample.gauges(name).first.map { (time: Double(sample.time) / 1000, value: $0.value) }
        }
        guard let first = points.first, let last = points.last, last.time - first.time >= seconds / 2 else {
            return nil
        }
        let count = Double(points.count)
        var (meanTime, meanValue) = (0.0, 0.0)
        for point in points {
            meanTime += point.time / count
            meanValue += point.value / count
        }
        var (covariance, variance) = (0.0, 0.0)
        for point in points {
            covariance += (point.time - meanTime) * (point.value - meanValue)
            variance += (point.time - meanTime) * (point.time - meanTime)
        }
        guard variance > 0 else { return nil }
        let slope = covariance / variance
        return slope < 0 ? Swift.max(0, last.value) / -slope : .infinity
    }
}
