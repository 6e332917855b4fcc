import DynamoDB
import Foundation
import Fuzzing
import MiyabiTestSupport
import Testing

@testable import MiyabiRealtime

@Suite("EventStore")
struct EventStoreTests {
    let tables = MemoryTables()
    let clock = TestClock(Timestamp(seconds: 1_764_412_200))
    let users = (0..<3).map { _ in UUID() }
    let repositories = (0..<2).map { _ in UUID() }

    func store(shards: Int = 4) -> EventStore {
        EventStore(dynamoDB: tables, options: .init(shards: shards)) { [clock] in clock.now }
    }

    /// Events of three users on two repositories: bursts, gaps of minutes, days and years.
    func events(_ count: Int, seed: UInt64 = 1) throws -> [Event] {
        var random = SeededGenerator(seed: seed)
        var moment: Int64 = 1_371_459_259_000
        return try (0..<count).map { number in
            moment += [0, 0, 3, 61_000, 9_000_000, 200_000_000].randomElement(using: &random) ?? 0
            return Event(
                id: try #require(
                    ULID(
                        timestamp: Timestamp(milliseconds: moment),
                        digest: (0..<10).map { _ in UInt8.random(in: 0...255, using: &random) })),
                type: number % 5 == 0 ? .webhook : .agentExecution,
                userID: users[number % 3], repositoryID: number % 7 == 0 ? nil : repositories[number % 2],
                data: ["number": .number(DecimalNumber(number))])
        }
    }

    func all(_ pages: EventPages) async throws -> [ULID] {
        var ids: [ULID] = []
        for try await page in pages { ids += page.events.map(\.id) }
        return ids
    }

    @Test("lists by user, repository and type, in both orders, over any period, at any page size")
    func listings() async throws {
        let events = try events(600)
        let store = store()
        #expect(try await store.record(contentsOf: events.shuffled()).written == 600)
        tables.with { $0.pageLimit = 7 }
        let first = try #require(events.first).timestamp
        let periods: [(Timestamp?, Timestamp?)] = [
            (nil, nil), (events[100].timestamp, nil), (nil, events[450].timestamp),
            (events[200].timestamp, events[400].timestamp), (events[300].timestamp, events[300].timestamp),
            (first + .seconds(1_000_000_000), nil), (Timestamp(milliseconds: -5), first),
        ]
        for (since, until) in periods {
            func expected(_ matches: (Event) -> Bool) -> [ULID] {
                events.filter { event in
                    matches(event) && since.map { event.timestamp >= $0 } ?? true
                        && until.map { event.timestamp < $0 } ?? true
                }.map(\.id).sorted()
            }
            for (order, size) in [(EventOrder.oldestFirst, 1), (.newestFirst, 9), (.oldestFirst, 1000)] {
                func ordered(_ ids: [ULID]) -> [ULID] { order == .oldestFirst ? ids : ids.reversed() }
                let byUser = try await all(
                    store.events(user: users[0], since: since, until: until, order: order, pageSize: size))
                #expect(byUser == ordered(expected { $0.userID == users[0] }))
                let byRepository = try await all(
                    store.events(repository: repositories[1], since: since, until: until, order: order, pageSize: size))
                #expect(byRepository == ordered(expected { $0.repositoryID == repositories[1] }))
                let byType = try await all(
                    store.events(type: .agentExecution, since: since, until: until, order: order, pageSize: size))
                #expect(byType == ordered(expected { $0.type == .agentExecution }))
            }
        }
    }

    @Test("goes on from a cursor, in another process, where the last page stopped")
    func cursors() async throws {
        let events = try events(100)
        try await store().record(contentsOf: events)
        for order in [EventOrder.oldestFirst, .newestFirst] {
            var collected: [ULID] = []
            var cursor: EventCursor?
            repeat {
                let pages = try store().events(type: .agentExecution, order: order, pageSize: 11, after: cursor)
                var iterator = pages.makeAsyncIterator()
                let page = try #require(try await iterator.next())
                collected += page.events.map(\.id)
                cursor = page.next.flatMap { EventCursor($0.description) }
                #expect((cursor == nil) == (page.next == nil))
            } while cursor != nil
            let expected = events.filter { $0.type == .agentExecution }.map(\.id).sorted()
            #expect(collected == (order == .oldestFirst ? expected : expected.reversed()))
        }
    }

    @Test("refuses a cursor of another listing, and text that is none")
    func foreignCursor() async throws {
        try await store().record(contentsOf: try events(100))
        var iterator = try store().events(user: users[0], pageSize: 2).makeAsyncIterator()
        let cursor = try #require(try await iterator.next()?.next)
        #expect(throws: EventError.self) { try store().events(user: users[1], after: cursor) }
        #expect(throws: EventError.self) { try store().events(user: users[0], order: .newestFirst, after: cursor) }
        #expect(throws: EventError.self) { try store().events(type: .webhook, after: cursor) }
        for text in ["", "x", String(repeating: "!", count: 32), cursor.description + "A"] {
            #expect(EventCursor(text) == nil)
        }
    }

    @Test("counts 90 days from recording, and hides what has expired")
    func expiry() async throws {
        let store = store()
        try await store.record(contentsOf: try events(50))
        #expect(try await all(store.events(type: .webhook)).count == 10)
        clock.advance(by: Event.retention - .seconds(1))
        #expect(try await all(store.events(type: .webhook)).count == 10)
        let late = Event(id: try #require(ULID(smallestAt: clock.now)), type: .webhook, userID: users[0])
        try await store.record(late)
        clock.advance(by: .seconds(1))
        #expect(try await all(store.events(type: .webhook)) == [late.id])
        #expect(try await all(store.events(user: users[0])) == [late.id])
        #expect(try await all(store.events(repository: repositories[0])).isEmpty)
    }

    @Test("leaves recorded events alone when told so, whatever the shards were")
    func idempotent() async throws {
        let events = try events(300)
        #expect(try await store(shards: 4).record(contentsOf: events, skippingRecorded: true).written == 300)
        let before = tables.with { $0.items }
        clock.advance(by: .seconds(5 * 86_400))
        let again = try await store(shards: 16).record(contentsOf: events + events, skippingRecorded: true)
        #expect(again.written == 0)
        #expect(again.skipped == 600)
        #expect(tables.with { $0.items } == before)
    }

    @Test("can be read at every point at which a writer dies, and completed")
    func crashes() async throws {
        let events = try events(60)
        for survived in stride(from: 0, through: 150, by: 5) {
            tables.with { $0 = .init(putsUntilCrash: survived) }
            var died = false
            do { try await store().record(contentsOf: events) } catch is CancellationError { died = true }
            tables.with { $0.putsUntilCrash = .max }
            let there = tables.with { $0.items.values.compactMap { try? Event(item: $0) } }
            // Whatever is there is found: no event lies outside the directory.
            for type in [EventType.webhook, .agentExecution] {
                #expect(
                    try await all(store().events(type: type))
                        == there.filter { $0.type == type }.map(\.id).sorted())
            }
            let rest = try await store().record(contentsOf: events, skippingRecorded: true)
            #expect(rest.written == 60 - there.count)
            #expect(died == (rest.written > 0))
        }
    }

    @Test("sends again what DynamoDB leaves unprocessed, with bounded concurrency")
    func unprocessed() async throws {
        tables.with { $0.batchesToRefuse = 3 }
        let store = EventStore(dynamoDB: tables, options: .init(concurrency: 3))
        let events = try events(400)
        try await store.record(contentsOf: events)
        #expect(tables.with { $0.items.values.count { $0["event_type"] != nil } } == 400)
        #expect(tables.with { $0.mostInFlight } <= 3)
    }

    @Test("writes the directory once a partition, and again only when it would expire too early")
    func directoryWrites() async throws {
        let store = store(shards: 1)
        for _ in 0..<10 {
            try await store.record(Event(id: ULIDGenerator { Timestamp(seconds: 60) }.next(), type: .webhook))
        }
        func directoryPuts() -> Int {
            tables.with { $0.puts.count { $0.partition.hasPrefix("EVENTINDEX") } }
        }
        #expect(directoryPuts() == 2)
        clock.advance(by: .seconds(86_400))
        try await store.record(Event(id: ULIDGenerator { Timestamp(seconds: 61) }.next(), type: .webhook))
        #expect(directoryPuts() == 4)
        let items = tables.with { $0.items }
        for item in items.values where item["event_type"] == nil {
            #expect(try #require(item.expiry) >= clock.now + Event.retention)
        }
    }

    @Test("reads of a year cost what is there, not the minutes of a year")
    func readCost() async throws {
        let store = store()
        let ids = try (0..<20).map { number in
            try #require(ULID(smallestAt: Timestamp(seconds: 1_700_000_000 + Int64(number) * 1_500_000)))
        }
        try await store.record(contentsOf: ids.map { Event(id: $0, type: .webhook) })
        tables.with { $0.queries = 0 }
        #expect(try await all(store.events(type: .webhook)) == ids)
        #expect(tables.with { $0.queries } == 1 + 20 + 20)
        tables.with { $0.queries = 0 }
        var iterator = try store.events(type: .webhook, order: .newestFirst, pageSize: 2).makeAsyncIterator()
        #expect(try await iterator.next()?.events.map(\.id) == [ids[19], ids[18]])
        #expect(tables.with { $0.queries } <= 1 + 7 + 7)
    }
}
