import DynamoDB

/// DynamoDB's limits on an item, checked before anything is sent: a batch of 25 is refused whole for one bad item.
enum EventLimits {
    /// 400 KB, names and values together.
    static let itemBytes = 400 * 1024
    /// Levels of lists and maps within an attribute.
    static let depth = 32
    /// The last millisecond of the year 9999: day keys sort as text only up to there.
    static let latest = Timestamp(milliseconds: 253_402_300_799_999)

    /// Refuses an item that DynamoDB would refuse.
    static func check(_ item: Item, of event: Event) throws(EventError) {
        guard event.timestamp <= latest else {
            throw EventError(.timeOutOfRange, "event \(event.id) lies after the year 9999")
        }
        // `data` itself is the first level.
        guard event.data.values.allSatisfy({ $0.isNested(atMost: depth - 1) }) else {
            throw EventError(.tooDeep, "the data of event \(event.id) nest deeper than \(depth) levels")
        }
        let size = item.sizeInBytes
        guard size <= itemBytes else {
            throw EventError(
                .tooLarge, "event \(event.id) takes \(size) bytes as an item; DynamoDB holds at most \(itemBytes)")
        }
    }
}

extension Event {
    /// Checks that DynamoDB will take the event, as recording it does.
    ///
    /// - Throws: ``EventError`` with the code `tooLarge`, `tooDeep` or `timeOutOfRange`.
    public func checkLimits() throws(EventError) {
        try EventLimits.check(item(in: bucket(shards: 1), expiringAt: timestamp + Event.retention), of: self)
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
