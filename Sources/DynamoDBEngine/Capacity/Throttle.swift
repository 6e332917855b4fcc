import DynamoDB
import Synchronization

/// Refuses reads and writes beyond the throughput of tables and their global secondary indexes.
///
/// An engine has one only if it is asked to. A table and each global index have a ``TokenBucket`` for reads and one for
/// writes; local indexes share their table's.
final class Throttle: Sendable {
    enum Access: Hashable, Sendable {
        case read
        case write
    }

    private struct Key: Hashable {
        let id: UInt32
        let access: Access
    }

    private let now: @Sendable () -> Double
    private let buckets = Mutex<[Key: TokenBucket]>([:])

    /// - Parameter now: seconds on a clock that only goes forward.
    init(now: @escaping @Sendable () -> Double) {
        self.now = now
    }

    /// Whether the table or index has anything left for the access.
    func isOpen(_ id: UInt32, _ limits: ThroughputLimits, for access: Access) -> Bool {
        withBucket(id, limits, access) { $0.isOpen } ?? true
    }

    func take(_ units: Double, from id: UInt32, _ limits: ThroughputLimits, for access: Access) {
        _ = withBucket(id, limits, access) { $0.take(units) }
    }

    /// - Returns: nil if there is no bound.
    private func withBucket<Result>(
        _ id: UInt32, _ limits: ThroughputLimits, _ access: Access, _ body: (inout TokenBucket) -> Result
    ) -> Result? {
        let bound = access == .read ? limits.read : limits.write
        guard let bound else { return nil }
        let time = now()
        return buckets.withLock { buckets in
            let key = Key(id: id, access: access)
            var bucket = buckets[key] ?? TokenBucket(rate: bound, at: time)
            bucket.advance(to: time, rate: bound)
            defer { buckets[key] = bucket }
            return body(&bucket)
        }
    }
}

extension Throttle {
    /// Refuses a read of a table or index that has no read capacity left.
    ///
    /// - Throws: `ProvisionedThroughputExceededException` or, on demand, `ThrottlingException`.
    func admitRead(of table: Table, _ index: Index? = nil) throws(DynamoDBError) {
        let global = index?.kind == .global ? index : nil
        let limits = global?.limits ?? table.limits
        guard isOpen(global?.id ?? table.id, limits, for: .read) else {
            throw Throttle.refusal(of: table, global, limits)
        }
    }

    /// Takes what a read consumed.
    func takeRead(_ units: Double, from table: Table, _ index: Index? = nil) {
        let global = index?.kind == .global ? index : nil
        take(units, from: global?.id ?? table.id, global?.limits ?? table.limits, for: .read)
    }

    /// Refuses a write of a table that has no write capacity left.
    ///
    /// - Throws: `ProvisionedThroughputExceededException` or, on demand, `ThrottlingException`.
    func admitWrite(to table: Table) throws(DynamoDBError) {
        guard isOpen(table.id, table.limits, for: .write) else {
            throw Throttle.refusal(of: table, nil, table.limits)
        }
    }
}

extension Throttle {
    /// The error of a request to a table or index that has nothing left.
    static func refusal(of table: Table, _ index: Index?, _ limits: ThroughputLimits) -> DynamoDBError {
        if limits.isOnDemand {
            return DynamoDBError(
                code: .throttlingException,
                message: "Throughput exceeds the maximum OnDemandThroughput configured on table or index",
                table: table.name)
        }
        let message =
            if index == nil {
                "The level of configured provisioned throughput for the table was exceeded. Consider increasing your "
                    + "provisioning level with the UpdateTable API."
            } else {
                "The level of configured provisioned throughput for one or more global secondary indexes of the table "
                    + "was exceeded. Consider increasing your provisioning level for the under-provisioned global "
                    + "secondary indexes with the UpdateTable API"
            }
        return DynamoDBError(code: .provisionedThroughputExceededException, message: message, table: table.name)
    }
}

/// Capacity that flows in evenly and is kept for five minutes if it is not used.
///
/// A request is let in while anything is left, and then takes what it really consumed, which can be more: the next ones
/// wait until that is made up for. So large requests get through, and the average holds.
///
/// Source: AWS, "Burst capacity", Amazon DynamoDB developer guide.
struct TokenBucket: Sendable {
    /// Seconds for which unused capacity is kept.
    static let burst = 300.0

    /// Units a second.
    private var rate: Double
    private var level: Double
    private var time: Double

    /// A new table has the capacity of one second, and none saved up.
    ///
    /// - Parameter time: in seconds on any clock that only goes forward.
    init(rate: Double, at time: Double) {
        self.rate = rate
        self.time = time
        level = rate
    }

    /// Lets time pass.
    ///
    /// - Parameter rate: from now on.
    mutating func advance(to time: Double, rate: Double) {
        level = min(level + max(0, time - self.time) * self.rate, rate * TokenBucket.burst)
        self.time = max(time, self.time)
        self.rate = rate
    }

    /// Whether a request is let in.
    var isOpen: Bool { level > 0 }

    mutating func take(_ units: Double) {
        level -= units
    }
}

/// What the parts of one request consumed, by table.
struct CapacityTotals {
    private var totals: [String: (table: Table, units: Double, indexUnits: [Double])] = [:]

    /// - Parameter indexUnits: of each index of the table, in the table's order.
    mutating func add(_ units: Double, indexUnits: [Double] = [], to table: Table) {
        var total = totals[table.name] ?? (table, 0, Array(repeating: 0, count: table.indexes.count))
        total.units += units
        for (position, units) in indexUnits.enumerated() { total.indexUnits[position] += units }
        totals[table.name] = total
    }

    /// The totals in the detail asked for, in the order of the tables' names; nil for none.
    func consumed(_ detail: ReturnConsumedCapacity?) -> [ConsumedCapacity]? {
        guard let detail, detail != .none else { return nil }
        return totals.values.sorted { $0.table.name < $1.table.name }.compactMap { total in
            ConsumedCapacity(
                detail, of: total.table, units: total.units,
                indexUnits: Array(zip(total.table.indexes, total.indexUnits)).map { (index: $0, units: $1) })
        }
    }
}
