/// What became of one series over some time: what `miyabi metrics` shows.
public struct SeriesSummary: Sendable, Equatable {
    /// Which.
    public var series: Series
    /// How its figures behave.
    public var kind: Metric.Kind
    /// A gauge's last value; nil for others.
    public var last: Double?
    /// A gauge's least value.
    public var least: Double?
    /// A gauge's greatest value; of a distribution its greatest value, in seconds.
    public var greatest: Double?
    /// How often a second a counter was counted, or a distribution got a value.
    public var rate: Double?
    /// How much a counter grew, or how many values a distribution got.
    public var increase: Double?
    /// The value that half of a distribution is at or below, in seconds.
    public var p50: Double?
    /// The same for 99 %.
    public var p99: Double?
    /// One number for each part of the time, nil where nothing is known: a gauge's greatest value, a rate, a p99.
    public var course: [Double?]

    /// Sums samples up by series.
    ///
    /// - Parameters:
    ///   - samples: oldest first.
    ///   - parts: how many numbers ``course`` is to have.
    public static func summaries(
        of samples: [Sample], parts: Int = 24, where isWanted: (Series) -> Bool
    ) -> [SeriesSummary] {
        guard let first = samples.first, let last = samples.last else { return [] }
        let start = first.time - Int64(first.span * 1000)
        let length = max(1, last.time - start)
        var whole: [Series: Sample] = [:]
        var pieces: [Series: [Sample?]] = [:]
        for sample in samples {
            let part = min(parts - 1, max(0, Int((sample.time - start - 1) * Int64(parts) / length)))
            for (series, figure) in sample.figures where isWanted(series) {
                let one = Sample(time: sample.time, span: sample.span, figures: [series: figure])
                if whole[series]?.append(one) == nil { whole[series] = one }
                if pieces[series] == nil { pieces[series] = Array(repeating: nil, count: parts) }
                if pieces[series]?[part]?.append(one) == nil { pieces[series]?[part] = one }
            }
        }
        return whole.sorted { $0.key < $1.key }.compactMap { series, sum in
            guard let figure = sum.figures[series] else { return nil }
            var summary = SeriesSummary(
                series: series, kind: MetricCatalogue.byName[series.name]?.kind ?? .gauge,
                course: pieces[series]?.map { $0.flatMap { Self.point($0.figures[series], $0.span) } } ?? [])
            switch figure {
            case .gauge(let last, let least, let greatest):
                (summary.last, summary.least, summary.greatest) = (last, least, greatest)
            case .increase(let increase):
                (summary.increase, summary.rate) = (increase, sum.span > 0 ? increase / sum.span : nil)
            case .distribution(let distribution):
                let total = Double(distribution.total)
                (summary.increase, summary.rate) = (total, sum.span > 0 ? total / sum.span : nil)
                summary.p50 = distribution.percentile(50).map { Double($0) / 1e6 }
                summary.p99 = distribution.percentile(99).map { Double($0) / 1e6 }
                summary.greatest = distribution.maximum.map { Double($0) / 1e6 }
            }
            return summary
        }
    }

    private static func point(_ figure: Sample.Figure?, _ span: Double) -> Double? {
        switch figure {
        case .gauge(_, _, let greatest): greatest
        case .increase(let value): span > 0 ? value / span : nil
        case .distribution(let distribution): distribution.percentile(99).map { Double($0) / 1e6 }
        case nil: nil
        }
    }
}
