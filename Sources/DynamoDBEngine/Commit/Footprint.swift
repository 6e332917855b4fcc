/// What a write changes or a read looks at, in terms of the locks and counters that are kept for it.
///
/// Different keys can share a stripe or a counter. Then one waits for the other once in a while, which does no harm.
struct Footprint: Sendable {
    /// The counters of ``UnsettledWrites`` for the items, their partitions and their tables, each once.
    private(set) var counters: [Int] = []
    private var stripeCount = 0

    /// The stripes of the items, in ascending order, each once.
    var stripes: ArraySlice<Int> { counters[..<stripeCount] }

    /// - Parameter keys: storage keys of items, and whatever else has a lock.
    init(of keys: [[UInt8]]) {
        counters.reserveCapacity(2 * keys.count + 1)
        add(keys, Stripes.stripe)
        stripeCount = counters.count
        add(keys) { $0.count >= RocksOptions.prefixLength ? UnsettledWrites.partition(of: $0) : nil }
        add(keys) { $0.count >= RocksOptions.prefixLength ? UnsettledWrites.table(of: $0) : nil }
    }

    /// Adds a counter of each key, in ascending order, each once.
    private mutating func add(_ keys: [[UInt8]], _ counter: ([UInt8]) -> Int?) {
        let start = counters.count
        for key in keys {
            if let counter = counter(key), counter != counters[start...].last { counters.append(counter) }
        }
        guard counters.count - start > 1 else { return }
        counters[start...].sort()
        var end = start + 1
        for index in end..<counters.count where counters[index] != counters[end - 1] {
            counters[end] = counters[index]
            end += 1
        }
        counters.removeSubrange(end...)
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
