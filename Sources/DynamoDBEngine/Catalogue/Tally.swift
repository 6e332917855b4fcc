import DynamoDB
import Synchronization

/// How many items a table or an index holds, and their bytes by AWS's accounting. Kept current by every write.
///
/// The catalogue saves tallies now and then and when the engine closes; after a crash they can be off by what was
/// written since the last save. AWS promises no more: it updates its own every six hours.
final class Tally: Sendable {
    private let itemCount: Atomic<Int>
    private let byteCount: Atomic<Int>

    init(items: Int = 0, bytes: Int = 0) {
        itemCount = Atomic(items)
        byteCount = Atomic(bytes)
    }

    var items: Int { max(0, itemCount.load(ordering: .relaxed)) }
    var bytes: Int { max(0, byteCount.load(ordering: .relaxed)) }

    /// What reads and writes have consumed since the engine was opened, in thousandths of units: of vector indexes bytes count.
    private let reads = Atomic(0)
    private let writes = Atomic(0)

    var consumedReadUnits: Double { Double(reads.load(ordering: .relaxed)) / 1000 }
    var consumedWriteUnits: Double { Double(writes.load(ordering: .relaxed)) / 1000 }

    func countRead(_ units: Double) {
        if units > 0 { reads.add(Int(units * 1000), ordering: .relaxed) }
    }

    func countWrite(_ units: Double) {
        if units > 0 { writes.add(Int(units * 1000), ordering: .relaxed) }
    }

    /// Forgets everything, as when all items are removed.
    func clear() {
        itemCount.store(0, ordering: .relaxed)
        byteCount.store(0, ordering: .relaxed)
    }

    func add(_ change: TallyChange) {
        if change.items != 0 { itemCount.add(change.items, ordering: .relaxed) }
        if change.bytes != 0 { byteCount.add(change.bytes, ordering: .relaxed) }
    }
}

/// What one write does to a ``Tally``.
struct TallyChange {
    var items = 0
    var bytes = 0

    mutating func insert(bytes: Int) {
        items += 1
        self.bytes += bytes
    }

    mutating func remove(bytes: Int) {
        items -= 1
        self.bytes -= bytes
    }
}

/// The most units a second that a table or an index is to bear; nil for no bound.
struct ThroughputLimits: Sendable {
    let read: Double?
    let write: Double?
    /// Whether the bounds are of a table on demand.
    let isOnDemand: Bool

    init(_ provisioned: ProvisionedThroughput?, _ onDemand: OnDemandThroughput?) {
        isOnDemand = provisioned == nil
        read = (provisioned?.readCapacityUnits ?? onDemand?.maxReadRequestUnits).flatMap(ThroughputLimits.bound)
        write = (provisioned?.writeCapacityUnits ?? onDemand?.maxWriteRequestUnits).flatMap(ThroughputLimits.bound)
    }

    /// AWS writes no bound as -1.
    private static func bound(_ units: Int) -> Double? {
        units > 0 ? Double(units) : nil
    }
}
