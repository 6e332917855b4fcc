import Synchronization

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

/// Locks on items, one for each of many classes of keys.
///
/// A write holds the locks of all its keys from reading the old items until the new ones are visible, which makes
/// conditions and index maintenance atomic. Locks are taken in ascending order, so that writers never deadlock, and
/// never across a suspension.
final class Stripes: @unchecked Sendable {
    // So many that batches of 25 items rarely meet: 256 KB of four-byte locks.
    static let count = 1 << 16

    private let locks: UnsafeMutablePointer<Mutex<Void>>

    init() {
        locks = .allocate(capacity: Stripes.count)
        for index in 0..<Stripes.count { (locks + index).initialize(to: Mutex(())) }
    }

    deinit {
        locks.deinitialize(count: Stripes.count)
        locks.deallocate()
    }

    /// The stripe of an item's key.
    static func stripe(of key: [UInt8]) -> Int {
        Int(key.withUnsafeBytes { partitionHash(of: $0) }) & (count - 1)
    }

    /// Runs `body` while holding the locks.
    ///
    /// - Parameter stripes: in ascending order, without repetition.
    func withLocks<Result>(on stripes: ArraySlice<Int>, _ body: () throws -> Result) throws -> Result {
        guard let first = stripes.first else { return try body() }
        var result: Result?
        try locks[first].withLock { _ in
            result = try withLocks(on: stripes.dropFirst(), body)
        }
        guard let result else { preconditionFailure("The lock ran its body") }
        return result
    }

    /// Returns once every writer that held a lock at the call has let it go.
    ///
    /// Whoever retires a table calls this: later writers see under their locks that it is retired.
    func waitForWriters() {
        for index in 0..<Stripes.count { locks[index].withLock { _ in } }
    }
}
