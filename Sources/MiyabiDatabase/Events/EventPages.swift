/// A page of a listing.
public struct EventPage: Sendable, Hashable {
    /// The events, in the listing's order; never empty.
    public let events: [Event]
    /// Where the next page begins; nil when this is the last.
    public let next: EventCursor?
}

/// A listing of events, page by page. Nothing is read before a page is asked for.
///
/// ```swift
/// for try await page in database.events.events(user: id, order: .newestFirst) {
///     show(page.events)
/// }
/// ```
public struct EventPages: AsyncSequence, Sendable {
    /// What a `for` loop sees.
    public typealias Element = EventPage

    let query: EventQuery
    let pageSize: Int
    let source: any EventSource

    /// Starts a listing.
    public func makeAsyncIterator() -> Iterator {
        Iterator(query: query, pageSize: pageSize, source: source)
    }

    /// Reads pages one after the other.
    public struct Iterator: AsyncIteratorProtocol {
        let query: EventQuery
        let pageSize: Int
        var source: any EventSource
        /// The event after the last page, read to know that there is one.
        var pending: Event?

        /// The next page; nil at the end.
        ///
        /// - Throws: ``EventError`` when an item of the table is no event; `DynamoDBError`.
        public mutating func next() async throws -> EventPage? {
            var events: [Event] = []
            if let pending { events.append(pending) }
            pending = nil
            while events.count <= pageSize, let event = try await source.next() {
                events.append(event)
            }
            if events.count > pageSize { pending = events.removeLast() }
            guard let last = events.last else { return nil }
            return EventPage(
                events: events, next: pending == nil ? nil : EventCursor(after: last.id, in: query))
        }
    }
}

/// Events one by one, in the listing's order.
protocol EventSource: Sendable {
    mutating func next() async throws -> Event?
}
