internal import DynamoDB

/// A table's setting of point-in-time recovery, while it is on.
struct PointInTimeRecovery: Equatable, Sendable {
    /// How many days back the table can be restored.
    var days: Int
    /// When it was turned on, in seconds since 1970; every later change is on record.
    let since: Double

    /// The earliest moment that can be restored, in seconds since 1970.
    func earliest(at time: Double) -> Double {
        max(since, time - Double(days) * 86_400)
    }
}

// MARK: - Stored as an item's attributes
extension PointInTimeRecovery {
    private enum Field {
        static let days = "days"
        static let since = "since"
    }

    init(stored item: Item) throws(StoredDataError) {
        guard case .number(let days) = item[Field.days], let days = Int(exactly: days),
            case .number(let since) = item[Field.since], let since = Int(exactly: since)
        else { throw .malformed }
        self.days = days
        self.since = Double(since) / 1e6
    }

    func stored() -> Item {
        [
            Field.days: .number(DecimalNumber(days)),
            Field.since: .number(DecimalNumber(Int((since * 1e6).rounded(.up)))),
        ]
    }
}
