import Histogram

/// How often which value occurred: what an HDR histogram counts, without its empty buckets. Two are merged by adding them.
public struct Distribution: Sendable, Equatable {
    /// How often, by the greatest value of each bucket.
    public private(set) var counts: [UInt64: UInt64]

    /// A distribution of these counts; empty without.
    public init(_ counts: [UInt64: UInt64] = [:]) { self.counts = counts.filter { $0.value > 0 } }

    init(_ histogram: Histogram<UInt64>) {
        counts = [:]
        for bucket in histogram.recordedValues() { counts[bucket.value, default: 0] += bucket.count }
    }

    /// How many values there are.
    public var total: UInt64 { counts.values.reduce(0, &+) }

    /// Adds another one's counts.
    public mutating func merge(_ other: Distribution) { counts.merge(other.counts, uniquingKeysWith: &+) }

    /// What has been added since an earlier state of the same histogram; all of it where that was reset meanwhile.
    public func since(_ earlier: Distribution) -> Distribution {
        for (value, count) in earlier.counts where counts[value, default: 0] < count { return self }
        return Distribution(counts.merging(earlier.counts) { now, before in now - before })
    }

    /// The value that so many percent are at or below, to two digits; nil without values.
    public func percentile(_ percent: Double) -> UInt64? {
        let total = total
        guard total > 0 else { return nil }
        let wanted = max(1, UInt64((percent / 100 * Double(total)).rounded(.up)))
        var seen: UInt64 = 0
        for (value, count) in counts.sorted(by: { $0.key < $1.key }) {
            seen &+= count
            if seen >= wanted { return value }
        }
        return counts.keys.max()
    }

    /// The greatest value; nil without values.
    public var maximum: UInt64? { counts.keys.max() }
}
