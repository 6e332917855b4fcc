import DynamoDB

/// What an event may be, beside DynamoDB's own limits.
enum EventLimits {
    /// The last millisecond of the year 9999: day keys sort as text only up to there.
    static let latest = Timestamp(milliseconds: 253_402_300_799_999)

    /// Refuses an item that DynamoDB would refuse.
    static func check(_ item: Item, of event: Event) throws(EventError) {
        guard event.timestamp <= latest else {
            throw EventError(.timeOutOfRange, "event \(event.id) lies after the year 9999")
        }
        guard ItemLimits.allowNesting(of: event.data) else {
            throw EventError(.tooDeep, "the data of event \(event.id) nest deeper than \(ItemLimits.depth) levels")
        }
        let size = item.sizeInBytes
        guard size <= ItemLimits.bytes else {
            throw EventError(
                .tooLarge,
                "event \(event.id) takes \(size) bytes as an item; DynamoDB holds at most \(ItemLimits.bytes)")
        }
    }
}

extension Event {
    /// Checks that DynamoDB will take the event, as recording it does.
    ///
    /// - Throws: ``EventError`` with the code `tooLarge`, `tooDeep` or `timeOutOfRange`.
    public func checkLimits() throws(EventError) {
        let item = item(in: bucket(shards: 1).partitionKey, expiringAt: timestamp + Event.retention)
        try EventLimits.check(item, of: self)
    }
}
