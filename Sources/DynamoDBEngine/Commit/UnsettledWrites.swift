internal import Synchronization

/// Counts the writes that are or may be visible and are not known to be on disk: for each item, partition and table.
///
/// A read that must not tell of what a power failure can undo asks here, after it has read, for what it has looked at.
final class UnsettledWrites: @unchecked Sendable {
    // After the stripes' counters come those of partitions, then those of tables.
    private static let partitionCount = 1 << 14
    private static let tableCount = 1 << 10
    private static let count = Stripes.count + partitionCount + tableCount

    private let counters: UnsafeMutablePointer<Atomic<Int32>>

    init() {
        counters = .allocate(capacity: UnsettledWrites.count)
        for index in 0..<UnsettledWrites.count { (counters + index).initialize(to: Atomic(0)) }
    }

    deinit {
        counters.deinitialize(count: UnsettledWrites.count)
        counters.deallocate()
    }

    /// The counter of the partition in which a key lies; see ``ItemKey``.
    ///
    /// - Parameter key: of at least ``RocksOptions/prefixLength`` bytes.
    static func partition(of key: [UInt8]) -> Int {
        let hash = key[4..<8].reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
        return Stripes.count + Int((hash &+ identifier(of: key) &* 0x9E37_79B9) % UInt32(partitionCount))
    }

    /// The counter of the table that a key belongs to.
    static func table(of key: [UInt8]) -> Int {
        Stripes.count + partitionCount + Int(identifier(of: key) % UInt32(tableCount))
    }

    private static func identifier(of key: [UInt8]) -> UInt32 {
        key[0..<4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// To be called before the write becomes visible.
    func add(_ footprint: Footprint) {
        for index in footprint.counters { counters[index].add(1, ordering: .sequentiallyConsistent) }
    }

    /// To be called once the write is on disk, or was not made.
    func remove(_ footprint: Footprint) {
        for index in footprint.counters { counters[index].subtract(1, ordering: .sequentiallyConsistent) }
    }

    /// Whether a read of this scope can have seen such a write.
    func touch(_ scope: ReadScope) -> Bool {
        scope.counters.contains { self.counters[$0].load(ordering: .sequentiallyConsistent) != 0 }
    }
}
