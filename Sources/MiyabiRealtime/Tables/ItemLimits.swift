import DynamoDB

/// DynamoDB's limits on an item, checked before anything is sent: a batch is refused whole for one bad item.
enum ItemLimits {
    /// 400 KB, names and values together.
    static let bytes = 400 * 1024
    /// Levels of lists and maps within an attribute.
    static let depth = 32

    /// Whether an attribute that is a map of these members is nested no deeper than DynamoDB allows.
    static func allowNesting(of members: Item) -> Bool {
        // The attribute itself is the first level.
        members.values.allSatisfy { $0.isNested(atMost: depth - 1) }
    }
}

extension AttributeValue {
    fileprivate func isNested(atMost levels: Int) -> Bool {
        switch self {
        case .list(let elements): levels > 0 && elements.allSatisfy { $0.isNested(atMost: levels - 1) }
        case .map(let members): levels > 0 && members.values.allSatisfy { $0.isNested(atMost: levels - 1) }
        default: true
        }
    }
}

extension Item {
    /// When DynamoDB may drop the item. What is not a Number does not expire, as on AWS.
    var expiry: Timestamp? {
        // Beyond the bound, seconds in milliseconds overflow: an expiry so far off is none.
        guard let seconds = self["ttl"]?.int, abs(seconds) < Int.max / 1000 else { return nil }
        return Timestamp(seconds: Int64(seconds))
    }

    /// Whether the item has expired: it can stay readable for days after that on AWS (DESIGN.md, fault 17).
    func isExpired(at now: Timestamp) -> Bool {
        expiry.map { $0 <= now } ?? false
    }
}
