internal import DynamoDB

/// A table's setting of point-in-time recovery. Times are microseconds since 1970.
struct PointInTimeRecovery: Equatable, Sendable {
    /// How many days back the table can be restored.
    var days: Int
    /// From when on every change is on record; nil while there are writers that do not know yet that they must keep
    /// records.
    var since: UInt64?
    /// False once it was turned off: changes are on record only until the restores end that read them.
    var isOn = true

    /// The earliest moment that can be restored; nil if there is none yet.
    func earliest(at time: UInt64) -> UInt64? {
        since.map { max($0, time.minus(UInt64(days) * 86_400_000_000)) }
    }
}

// MARK: - Stored as an item's attributes
extension PointInTimeRecovery {
    private enum Field {
        static let days = "days"
        static let since = "since"
        static let isOff = "isOff"
    }

    init(stored item: Item) throws(StoredDataError) {
        guard case .number(let days) = item[Field.days], let days = Int(exactly: days), days > 0 else {
            throw .malformed
        }
        self.days = days
        if case .number(let since) = item[Field.since] { self.since = UInt64(exactly: since) }
        isOn = item[Field.isOff] == nil
    }

    func stored() -> Item {
        var item: Item = [Field.days: .number(DecimalNumber(days))]
        item[Field.since] = since.map { .number(DecimalNumber($0)) }
        if !isOn { item[Field.isOff] = .bool(true) }
        return item
    }
}
