import MiyabiDatabase
import Synchronization
import Testing

@Suite("ULID")
struct ULIDTests {
    @Test("keeps its time and text", arguments: [0, 1, 1_764_412_200_000, (1 << 48) - 1] as [Int64])
    func roundTrip(milliseconds: Int64) throws {
        let id = try #require(ULID(timestamp: Timestamp(milliseconds: milliseconds), digest: [UInt8](1...32)))
        #expect(id.timestamp.milliseconds == milliseconds)
        #expect(id.description.utf8.count == ULID.textLength)
        #expect(ULID(id.description) == id)
        #expect(ULID(id.description.lowercased()) == id)
    }

    @Test("agrees with the specification's example")
    func example() throws {
        let id = try #require(ULID("01ARZ3NDEKTSV4RRFFQ69G5FAV"))
        #expect(id.timestamp.milliseconds == 1_469_922_850_259)
        #expect(id.description == "01ARZ3NDEKTSV4RRFFQ69G5FAV")
        #expect(ULID("7ZZZZZZZZZZZZZZZZZZZZZZZZZ")?.bits == .max)
    }

    @Test(
        "refuses other text",
        arguments: [
            "", "01ARZ3NDEKTSV4RRFFQ69G5FA", "01ARZ3NDEKTSV4RRFFQ69G5FAVV", "81ARZ3NDEKTSV4RRFFQ69G5FAV",
            "01ARZ3NDEKTSV4RRFFQ69G5FAI", "01ARZ3NDEKTSV4RRFFQ69G5FAL", "01ARZ3NDEKTSV4RRFFQ69G5FAO",
            "01ARZ3NDEKTSV4RRFFQ69G5FAU", "01ARZ3NDEKTSV4RRFFQ69G5F é",
        ])
    func refused(text: String) {
        #expect(ULID(text) == nil)
    }

    @Test("sorts as text as it sorts by time")
    func order() throws {
        let ids = try (0..<1000).map { _ in
            try #require(
                ULID(
                    timestamp: Timestamp(milliseconds: .random(in: 0..<1 << 48)),
                    digest: (0..<10).map { _ in UInt8.random(in: 0...255) }))
        }
        #expect(ids.sorted().map(\.description) == ids.map(\.description).sorted())
    }

    @Test("is refused outside its range of time, or with too little to tell it apart")
    func range() {
        #expect(ULID(timestamp: Timestamp(milliseconds: -1), digest: [UInt8](1...10)) == nil)
        #expect(ULID(timestamp: Timestamp(milliseconds: 1 << 48), digest: [UInt8](1...10)) == nil)
        #expect(ULID(timestamp: Timestamp(milliseconds: 0), digest: [UInt8](1...9)) == nil)
    }

    @Test("only grows, from many tasks, with a clock that stands still and goes back")
    func monotonic() async {
        let ticks = Mutex<Int64>(0)
        let generator = ULIDGenerator {
            ticks.withLock { tick in
                tick += 1
                // Forward, standing, and a second back now and then.
                return Timestamp(milliseconds: 1_700_000_000_000 + tick / 64 - (tick % 1000 == 0 ? 1000 : 0))
            }
        }
        let all = await withTaskGroup(of: [ULID].self) { group in
            for _ in 0..<8 {
                group.addTask { (0..<5000).map { _ in generator.next() } }
            }
            return await group.reduce(into: [[ULID]]()) { $0.append($1) }
        }
        for ids in all { #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 }) }
        #expect(Set(all.joined()).count == 40_000)
    }
}
