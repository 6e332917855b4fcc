/// What is measured: a metric, and of what: `miyabi_dynamodb_items{table="MiyabiEvents"}`.
public struct Series: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The metric's name; ``MetricCatalogue`` says what it means.
    public let name: String
    /// The labels as Prometheus writes them between the braces; "" for none.
    public let labels: String

    init(_ name: String, rawLabels: String) { (self.name, labels) = (name, rawLabels) }

    /// A series of a metric.
    public init(_ name: String, _ labels: KeyValuePairs<String, String> = [:]) {
        self.name = name
        self.labels = labels.map { "\($0.key)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
    }

    /// As Prometheus writes it.
    public var description: String { labels.isEmpty ? name : "\(name){\(labels)}" }

    /// By name, then by labels.
    public static func < (left: Series, right: Series) -> Bool {
        (left.name, left.labels) < (right.name, right.labels)
    }

    private static func escaped(_ value: String) -> String {
        guard value.contains(where: { $0 == "\\" || $0 == "\"" || $0.isNewline }) else { return value }
        return value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            .replacing("\r", with: " ")
    }
}

/// A figure as a source gives it.
public struct Reading: Sendable, Equatable {
    /// What a figure is.
    public enum Value: Sendable, Equatable {
        /// A count since some beginning, which only grows until that which counts begins anew.
        case counter(Double)
        /// How it is now.
        case gauge(Double)
        /// A count of each value since some beginning.
        case distribution(Distribution)
    }

    /// What was measured.
    public var series: Series
    /// The figure.
    public var value: Value

    /// A figure of a source.
    public init(_ series: Series, _ value: Value) { (self.series, self.value) = (series, value) }
}

/// What happened in a span of time: what is stored, shown and judged.
public struct Sample: Sendable, Equatable {
    /// The figure of one series.
    public enum Figure: Sendable, Equatable {
        /// A gauge: its last, least and greatest value.
        case gauge(last: Double, least: Double, greatest: Double)
        /// By how much a counter grew.
        case increase(Double)
        /// What was added to a distribution.
        case distribution(Distribution)
    }

    /// When the span ended, in milliseconds since 1970.
    public var time: Int64
    /// How long it was, in seconds.
    public var span: Double
    /// The figures. A series that could not be read is missing: it is unknown, not zero.
    public var figures: [Series: Figure]

    /// A sample of these figures.
    public init(time: Int64, span: Double, figures: [Series: Figure] = [:]) {
        (self.time, self.span, self.figures) = (time, span, figures)
    }

    /// Adds the sample that follows, so that this one tells of both spans.
    public mutating func append(_ next: Sample) {
        time = next.time
        span += next.span
        figures.merge(next.figures) { old, new in old.followed(by: new) }
    }
}

extension Sample.Figure {
    /// The figure of two spans, one after the other.
    fileprivate func followed(by next: Sample.Figure) -> Sample.Figure {
        switch (self, next) {
        case (.gauge(_, let least, let greatest), .gauge(let last, let nextLeast, let nextGreatest)):
            return .gauge(last: last, least: min(least, nextLeast), greatest: max(greatest, nextGreatest))
        case (.increase(let before), .increase(let now)): return .increase(before + now)
        case (.distribution(var merged), .distribution(let now)):
            merged.merge(now)
            return .distribution(merged)
        default: return next
        }
    }
}

/// Makes samples of readings: how much counters grew, whatever was reset meanwhile.
public struct Differences: Sendable {
    private var counters: [Series: Double] = [:]
    private var distributions: [Series: Distribution] = [:]
    private var sources: Set<String> = []

    /// Nothing was read yet.
    public init() {}

    /// The sample of what the sources say.
    ///
    /// - Parameter readings: by source; a source that could not be read is missing.
    public mutating func sample(_ readings: [String: [Reading]], at time: Int64, span: Double) -> Sample {
        var sample = Sample(time: time, span: span)
        for (source, readings) in readings {
            // What a source that was read before tells for the first time, it began to count since then.
            let isKnown = !sources.insert(source).inserted
            for reading in readings {
                switch reading.value {
                case .gauge(let value):
                    guard value.isFinite else { continue }
                    sample.figures[reading.series] = .gauge(last: value, least: value, greatest: value)
                case .counter(let value):
                    guard value.isFinite, value >= 0 else { continue }
                    let before = counters.updateValue(value, forKey: reading.series) ?? (isKnown ? 0 : nil)
                    guard let before else { continue }
                    sample.figures[reading.series] = .increase(value >= before ? value - before : value)
                case .distribution(let value):
                    let before =
                        distributions.updateValue(value, forKey: reading.series) ?? (isKnown ? Distribution() : nil)
                    guard let before else { continue }
                    sample.figures[reading.series] = .distribution(value.since(before))
                }
            }
        }
        return sample
    }
}
