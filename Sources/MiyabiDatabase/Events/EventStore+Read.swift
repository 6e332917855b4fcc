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
