import DynamoDB
import Fuzzing
import Synchronization
import Testing

@testable import DynamoDBEngine

@Suite struct CommitTests {
    private struct DiskFull: Error {}

    /// A disk whose syncs are counted, and fail when told to.
    private final class Disk: Sendable {
        let begun = Atomic(0)
        let syncs = Atomic(0)
        let fails = Atomic(false)

        func sync() throws {
            begun.add(1, ordering: .sequentiallyConsistent)
            // Long enough for others to arrive while it runs.
            let end = ContinuousClock.now + .milliseconds(5)
            while ContinuousClock.now < end {}
            syncs.add(1, ordering: .sequentiallyConsistent)
            if fails.load(ordering: .sequentiallyConsistent) { throw DiskFull() }
        }
    }

    @Test func aWriteWaitsForASyncThatBeganAfterIt() async throws {
        let disk = Disk()
        let commits = GroupCommit(isEnabled: true) { try disk.sync() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let write = Footprint(of: [item(number)])
                    commits.beginWrite(write)
                    // A sync under way when the write arrives does not count.
                    let begun = disk.begun.load(ordering: .sequentiallyConsistent)
                    try await commits.settleWrite(write)
                    #expect(disk.syncs.load(ordering: .sequentiallyConsistent) > begun)
                }
            }
            try await group.waitForAll()
        }
        let syncs = disk.syncs.load(ordering: .sequentiallyConsistent)
        #expect(syncs >= 1 && syncs < 100, "writers share syncs: \(syncs)")
        try await commits.settleReads(of: .items([item(1)]))
        #expect(disk.syncs.load(ordering: .sequentiallyConsistent) == syncs, "nothing was in flight")
    }

    @Test func aReadWaitsForWhatIsInFlightOfItsOwn() async throws {
        let disk = Disk()
        let commits = GroupCommit(isEnabled: true) { try disk.sync() }
        let write = Footprint(of: [item(1, partition: "a")])
        let touching: [ReadScope] = [
            .items([item(2, partition: "b"), item(1, partition: "a")]), .partitions([item(7, partition: "a")]),
            .table(ItemKey.range(of: 5).lower),
        ]
        let others: [ReadScope] = [
            .items([item(2, partition: "a")]), .partitions([item(1, partition: "b")]),
            .table(ItemKey.range(of: 6).lower), .items([]),
        ]
        commits.beginWrite(write)
        for scope in others { try await commits.settleReads(of: scope) }
        #expect(disk.syncs.load(ordering: .sequentiallyConsistent) == 0)
        for (position, scope) in touching.enumerated() {
            try await commits.settleReads(of: scope)
            #expect(disk.syncs.load(ordering: .sequentiallyConsistent) == position + 1)
        }
        commits.abandonWrite(write)
        for scope in touching { try await commits.settleReads(of: scope) }
        #expect(disk.syncs.load(ordering: .sequentiallyConsistent) == touching.count)
    }

    /// The storage key of an item of table 5.
    private func item(_ number: Int, partition: String = "p") -> [UInt8] {
        var key = ItemKey(id: 5, partition: [.string(partition)])
        key.append(.number(DecimalNumber(number)))
        return key.bytes
    }

    @Test func aFailedSyncIsNeverASuccess() async throws {
        let disk = Disk()
        disk.fails.store(true, ordering: .sequentiallyConsistent)
        let commits = GroupCommit(isEnabled: true) { try disk.sync() }
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    let write = Footprint(of: [item(1)])
                    commits.beginWrite(write)
                    do {
                        try await commits.settleWrite(write)
                        return true
                    } catch {
                        return !(error is DiskFull)
                    }
                }
            }
            for await succeeded in group { #expect(!succeeded) }
        }
        // What may be lost is not told to strongly consistent readers either, and no later sync makes it whole: that
        // one may leave out what this one could not write.
        disk.fails.store(false, ordering: .sequentiallyConsistent)
        let syncs = disk.syncs.load(ordering: .sequentiallyConsistent)
        await #expect(throws: DiskFull.self) { try await commits.settleReads(of: .items([item(1)])) }
        await #expect(throws: DiskFull.self) { try await commits.settleWrite(Footprint(of: [item(2)])) }
        #expect(disk.syncs.load(ordering: .sequentiallyConsistent) == syncs)
        try await commits.settleReads(of: .items([item(3)]))
    }

    /// Writers that take many locks at once, in all orders, neither deadlock nor meet.
    @Test func locksExclude() async throws {
        let stripes = Stripes()
        let counters = Counters()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<8 {
                group.addTask {
                    var random = SeededGenerator(seed: UInt64(writer))
                    for _ in 0..<2_000 {
                        let held = Set((0..<25).map { _ in Int.random(in: 0..<40, using: &random) }).sorted()
                        try stripes.withLocks(on: held[...]) { for stripe in held { counters.increment(stripe) } }
                    }
                }
            }
            try await group.waitForAll()
        }
        stripes.waitForWriters()
        var expected = 0
        for writer in 0..<8 {
            var random = SeededGenerator(seed: UInt64(writer))
            for _ in 0..<2_000 { expected += Set((0..<25).map { _ in Int.random(in: 0..<40, using: &random) }).count }
        }
        #expect(counters.total == expected)
    }

    /// Counts without any protection of its own: lost updates show that two writers held one lock.
    private final class Counters: @unchecked Sendable {
        private var counts = [Int](repeating: 0, count: 40)

        func increment(_ index: Int) { counts.withUnsafeMutableBufferPointer { $0[index] += 1 } }
        var total: Int { counts.reduce(0, +) }
    }
}
