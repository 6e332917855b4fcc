/// What a write changes or a read looks at, in terms of the locks and counters that are kept for it.
///
/// Different keys can share a stripe or a counter. Then one waits for the other once in a while, which does no harm.
struct Footprint: Sendable {
    /// The stripes of the items, in ascending order, each once.
    let stripes: [Int]
    /// The counters of ``UnsettledWrites`` for the items, their partitions and their tables, each once.
    let counters: [Int]

    /// - Parameter keys: storage keys of items, and whatever else has a lock.
    init(of keys: [[UInt8]]) {
        stripes = Footprint.unique(keys.map(Stripes.stripe))
        let items = keys.filter { $0.count >= RocksOptions.prefixLength }
        counters =
            stripes + Footprint.unique(items.map(UnsettledWrites.partition))
            + Footprint.unique(items.map(UnsettledWrites.table))
    }

    private static func unique(_ values: [Int]) -> [Int] {
        guard values.count > 1 else { return values }
        var unique: [Int] = []
        unique.reserveCapacity(values.count)
        for value in values.sorted() where value != unique.last { unique.append(value) }
        return unique
    }
}

/// How much a consistent read looks at.
enum ReadScope: Sendable {
    /// The items with these storage keys.
    case items([[UInt8]])
    /// The items of some partitions, of each of which this is a key or the beginning of one.
    case partitions([[UInt8]])
    /// The items of a table, of which this is a key or the beginning of one.
    case table([UInt8])

    /// The counters of ``UnsettledWrites`` that stand for it.
    var counters: [Int] {
        switch self {
        case .items(let keys): keys.map(Stripes.stripe)
        case .partitions(let prefixes): prefixes.map(UnsettledWrites.partition)
        case .table(let prefix): [UnsettledWrites.table(of: prefix)]
        }
    }
}
