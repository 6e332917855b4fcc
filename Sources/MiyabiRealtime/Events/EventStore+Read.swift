import DynamoDB
public import Foundation

extension EventStore {
    /// The events of a user, by time.
    ///
    /// - Parameters:
    ///   - user: A row of web_users.
    ///   - since: The first moment that counts.
    ///   - until: The first moment that no longer counts.
    ///   - order: Oldest or newest first.
    ///   - pageSize: Events a page, 1 to 1,000.
    ///   - cursor: Where an earlier listing of the same user and order stopped.
    /// - Throws: ``EventError`` with the code ``EventError/Code/invalidCursor``.
    public func events(
        user: UUID, since: Timestamp? = nil, until: Timestamp? = nil, order: EventOrder = .oldestFirst,
        pageSize: Int = 100, after cursor: EventCursor? = nil
    ) throws(EventError) -> EventPages {
        try pages(EventQuery(scope: .user(user), since: since, until: until, order: order), pageSize, cursor)
    }

    /// The events of a repository, by time. Parameters as for a user's.
    ///
    /// - Throws: ``EventError`` with the code ``EventError/Code/invalidCursor``.
    public func events(
        repository: UUID, since: Timestamp? = nil, until: Timestamp? = nil, order: EventOrder = .oldestFirst,
        pageSize: Int = 100, after cursor: EventCursor? = nil
    ) throws(EventError) -> EventPages {
        try pages(
            EventQuery(scope: .repository(repository), since: since, until: until, order: order), pageSize, cursor)
    }

    /// The events of a type, by time. Parameters as for a user's.
    ///
    /// Costs one request for the days of the period, one for each day with events, one for each partition with
    /// events; periods without events cost nothing.
    ///
    /// - Throws: ``EventError`` with the code ``EventError/Code/invalidCursor``.
    public func events(
        type: EventType, since: Timestamp? = nil, until: Timestamp? = nil, order: EventOrder = .oldestFirst,
        pageSize: Int = 100, after cursor: EventCursor? = nil
    ) throws(EventError) -> EventPages {
        try pages(EventQuery(scope: .type(type), since: since, until: until, order: order), pageSize, cursor)
    }

    private func pages(_ query: EventQuery, _ size: Int, _ cursor: EventCursor?) throws(EventError) -> EventPages {
        try cursor?.check(against: query)
        let size = min(max(size, 1), 1000)
        return EventPages(query: query, pageSize: size, source: source(query, limit: size + 1, after: cursor))
    }

    private func source(_ query: EventQuery, limit: Int, after cursor: EventCursor?) -> any EventSource {
        guard let range = query.range(after: cursor) else { return NoEvents() }
        let index: String
        switch query.scope {
        case .user: index = "GSI1"
        case .repository: index = "GSI2"
        case .type(let type):
            return TypeSource(self, type: type, range: range, order: query.order, limit: limit)
        }
        return PartitionSource(
            EventRange.index(index, query.scope.key, range, table: table), order: query.order, limit: limit,
            dynamoDB: dynamoDB, clock: clock)
    }
}

/// The listing of an empty period.
private struct NoEvents: EventSource {
    func next() -> Event? { nil }
}

/// In which order events are listed.
public enum EventOrder: Sendable, Hashable {
    /// By time, from the beginning of the period.
    case oldestFirst
    /// By time, from the end of the period.
    case newestFirst
}

/// What a listing asks for.
struct EventQuery: Sendable, Hashable {
    enum Scope: Sendable, Hashable {
        case user(UUID)
        case repository(UUID)
        case type(EventType)

        var key: String {
            switch self {
            case .user(let id): EventIndex.userKey(id.lowercased)
            case .repository(let id): EventIndex.repositoryKey(id.lowercased)
            case .type(let type): "EVENT#\(type.rawValue)"
            }
        }
    }

    var scope: Scope
    /// The first moment that counts.
    var since: Timestamp?
    /// The first moment that no longer counts.
    var until: Timestamp?
    var order: EventOrder

    /// The ULIDs that count, without those that a cursor has passed; nil when there can be none.
    func range(after cursor: EventCursor?) -> ClosedRange<ULID>? {
        var first = since.map(ULID.clamped) ?? ULID(bits: 0)
        var end = until.map(ULID.clamped)
        if let passed = cursor?.id {
            switch order {
            case .oldestFirst:
                guard let next = passed.successor else { return nil }
                first = max(first, next)
            case .newestFirst:
                end = min(end ?? passed, passed)
            }
        }
        let last = end.map { $0.bits == 0 ? nil : ULID(bits: $0.bits - 1) } ?? ULID.largestKept
        guard let last, first <= last else { return nil }
        return first...last
    }
}

extension ULID {
    /// The largest that an event may have.
    fileprivate static let largestKept = ULID(bits: (UInt128(EventLimits.latest.milliseconds + 1) << 80) - 1)

    /// The smallest of a moment; before 1970 that of 1970, after the year 9999 that of 10000.
    fileprivate static func clamped(_ moment: Timestamp) -> ULID {
        ULID(bits: UInt128(min(max(moment.milliseconds, 0), EventLimits.latest.milliseconds + 1)) << 80)
    }
}

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

/// Queries for the events between two ULIDs, both included, in a partition of the table or of an index.
enum EventRange {
    /// In the table, where entities follow the ULID in the sort key.
    static func partition(_ key: String, _ range: ClosedRange<ULID>, table: String) -> QueryInput {
        QueryInput(
            tableName: table,
            keyConditionExpression: "PK = :key AND SK BETWEEN :first AND :last",
            expressionAttributeValues: [
                ":key": .string(key),
                ":first": .string(range.lowerBound.description),
                // `$` is the character after `#`: the bound lies after every continuation of the last ULID.
                ":last": .string("\(range.upperBound)$"),
            ])
    }

    /// In GSI1 or GSI2.
    static func index(_ name: String, _ key: String, _ range: ClosedRange<ULID>, table: String) -> QueryInput {
        QueryInput(
            tableName: table, indexName: name,
            keyConditionExpression: "\(name)PK = :key AND \(name)SK BETWEEN :first AND :last",
            expressionAttributeValues: [
                ":key": .string(key),
                ":first": .string(EventIndex.sortKey(range.lowerBound)),
                ":last": .string(EventIndex.sortKey(range.upperBound)),
            ])
    }
}

/// Where a listing stopped: hand it in again, in this process or another, to go on after there.
///
/// Text without meaning to its holder, safe in URLs. It belongs to one listing: of the same user, repository or type,
/// in the same order.
public struct EventCursor: Sendable, Hashable, LosslessStringConvertible {
    /// The last event that was handed out.
    let id: ULID
    /// Tells one listing from another; a mistake is found, not an attack.
    let listing: UInt64

    init(after id: ULID, in query: EventQuery) {
        self.id = id
        listing = query.fingerprint
    }

    /// Reads the text form; nil for anything that ``description`` does not write.
    public init?(_ description: String) {
        guard description.utf8.count == 32, let data = Data(base64URL: description), data.count == 24 else {
            return nil
        }
        id = ULID(bits: data.prefix(16).reduce(0) { $0 << 8 | UInt128($1) })
        listing = data.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// 32 characters of base64url.
    public var description: String {
        var data = Data()
        withUnsafeBytes(of: id.bits.bigEndian) { data.append(contentsOf: $0) }
        withUnsafeBytes(of: listing.bigEndian) { data.append(contentsOf: $0) }
        return data.base64URL
    }

    func check(against query: EventQuery) throws(EventError) {
        guard listing == query.fingerprint else {
            throw EventError(.invalidCursor, "the cursor belongs to another listing, or to another order of this one")
        }
    }
}

extension EventQuery {
    /// FNV-1a over what makes two listings the same. Not Swift's hash, which changes with every process.
    fileprivate var fingerprint: UInt64 {
        "\(scope.key)|\(order)".utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
