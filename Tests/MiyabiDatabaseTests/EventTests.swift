import DynamoDB
import Foundation
import MiyabiTestSupport
import Testing

@testable import MiyabiRealtime

@Suite("Event")
struct EventTests {
    let user = UUID()
    let repository = UUID()

    @Test("becomes an item with the keys of DESIGN.md, and comes back from it")
    func item() throws {
        let moment = try #require(Timestamp(iso8601: "2025-11-29T10:30:00Z"))
        let id = try #require(ULID(timestamp: moment, digest: [UInt8](0..<10)))
        let event = Event(
            id: id, type: .agentExecution, userID: user, repositoryID: repository, agentType: "Coordinator",
            data: ["issue_number": .number(123), "empty": .string("")])
        let expiry = Timestamp(seconds: 1_780_000_000)
        let item = event.item(in: event.bucket(shards: 1).partitionKey, expiringAt: expiry)
        let (u, r) = (user.uuidString.lowercased(), repository.uuidString.lowercased())
        #expect(
            item == [
                "PK": .string("EVENT#agent_execution#2025-11-29T10:30Z#0"),
                "SK": .string("\(id)#user#\(u)#repo#\(r)"),
                "GSI1PK": .string("USER#\(u)"), "GSI1SK": .string("001764412200000#\(id)"),
                "GSI2PK": .string("REPO#\(r)"), "GSI2SK": .string("001764412200000#\(id)"),
                "event_type": .string("agent_execution"), "user_id": .string(u), "repository_id": .string(r),
                "agent_type": .string("Coordinator"), "timestamp": .number(1_764_412_200_000),
                "data": .map(["issue_number": .number(123), "empty": .string("")]), "ttl": .number(1_780_000_000),
            ])
        let back = try Event(item: item)
        #expect(back.expiresAt == expiry)
        #expect(back.timestamp == moment)
        #expect(
            (back.id, back.type, back.userID, back.repositoryID, back.agentType)
                == (event.id, event.type, event.userID, event.repositoryID, event.agentType))
        #expect((back.entity, back.subEntity) == (event.entity, event.subEntity))
        #expect(back.data == event.data)
    }

    @Test("without user or repository stays out of their indexes")
    func sparse() throws {
        let bare = Event(type: .webhook)
        let item = bare.item(in: bare.bucket(shards: 8).partitionKey, expiringAt: .now())
        #expect(item["SK"] == .string(bare.id.description))
        #expect(item.keys.filter { $0.hasPrefix("GSI") || $0.hasSuffix("_id") }.isEmpty)
        #expect(try Event(item: item).entity == nil)
        let onRepository = Event(type: .webhook, repositoryID: repository)
        #expect(onRepository.entity == .repository(repository))
        #expect(onRepository.subEntity == nil)
    }

    @Test("spreads a burst over the shards")
    func shards() {
        let counts = (0..<8000).reduce(into: [Int](repeating: 0, count: 8)) { counts, _ in
            counts[Event(type: .webhook).bucket(shards: 8).shard] += 1
        }
        #expect(counts.allSatisfy { (800...1200).contains($0) })
    }

    @Test("refuses an unknown type, naming the known ones")
    func unknownType() throws {
        #expect(try EventType(named: "webhook") == .webhook)
        let error = #expect(throws: EventError.self) { try EventType(named: "commit") }
        #expect(error?.code == .unknownType)
        #expect(error?.description.contains("agent_execution, usage_event, webhook") == true)
    }

    @Test("refuses entities that would blur the sort key", arguments: ["", "a#b", String(repeating: "x", count: 256)])
    func entities(part: String) {
        #expect(throws: EventError.self) { try EntityReference(kind: "issue", id: part) }
        #expect(throws: EventError.self) { try EntityReference(kind: part, id: "1") }
    }

    @Test("refuses data of more than 400 KB or 32 levels, before anything is written")
    func limits() async throws {
        let tables = MemoryTables()
        let store = EventStore(dynamoDB: tables)
        let fits = Event(type: .webhook, data: ["x": .string(String(repeating: "a", count: 409_000))])
        let large = Event(type: .webhook, data: ["x": .string(String(repeating: "a", count: 409_600))])
        let deep = (0..<32).reduce(AttributeValue.null) { value, _ in .list([value]) }
        let nested = Event(type: .webhook, data: ["x": deep])
        let late = Event(
            id: try #require(ULID(timestamp: Timestamp(milliseconds: (1 << 48) - 1), digest: [UInt8](0..<10))),
            type: .webhook)
        for (event, code) in [(large, EventError.Code.tooLarge), (nested, .tooDeep), (late, .timeOutOfRange)] {
            let error = await #expect(throws: EventError.self) { try await store.record(contentsOf: [fits, event]) }
            #expect(error?.code == code)
            await #expect(throws: EventError.self) { try await store.record(event) }
        }
        #expect(tables.with { $0.items.isEmpty })
        try await store.record(fits)
        #expect(tables.with { $0.items.count } == 3)
    }

    @Test("is refused on reading when it is not as this version writes it")
    func unreadable() throws {
        let event = Event(type: .webhook, userID: user)
        let item = event.item(in: event.bucket(shards: 1).partitionKey, expiringAt: .now())
        let broken: [(String, AttributeValue?)] = [
            ("SK", .string("nonsense")), ("SK", .string("\(event.id)#user")), ("event_type", .string("other")),
            ("user_id", .string("nobody")), ("data", nil),
        ]
        for (name, value) in broken {
            var item = item
            item[name] = value
            let error = #expect(throws: EventError.self) { try Event(item: item) }
            #expect(error?.code == .unreadableItem)
        }
    }
}
