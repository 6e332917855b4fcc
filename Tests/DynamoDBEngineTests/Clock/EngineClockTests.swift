import Synchronization
import Testing

@testable import DynamoDBEngine

@Suite struct EngineClockTests {
    @Test(arguments: [.min, -1_000_000, -1, 0, 1, 1_800_000_000_000_000, .max] as [Int64])
    func whateverTheMachineSaysIsATime(microseconds: Int64) {
        let clock = EngineClock(wall: { microseconds }, elapsed: { 0 })
        #expect(clock.now <= EngineClock.end)
        #expect(clock.now == UInt64(clamping: microseconds) || microseconds == .max)
        let marks = (0..<5).map { _ in clock.mark() }
        #expect(marks == marks.sorted() && Set(marks).count == 5)
        #expect(clock.present >= marks[4] && clock.last == clock.present)
        #expect(timestamp(microsecondsSince1970: clock.present).utf8.count == 26)
    }

    @Test func aClockThatWasSetBackCatchesUp() {
        let time = TestTime(seconds: 10_000)
        let clock = time.clock
        let second: UInt64 = 1_000_000
        #expect(clock.mark() == 10_000 * second)
        time.advance(seconds: 1)
        #expect(clock.present == 10_001 * second)
        time.set(seconds: 9_001)
        #expect(clock.now == 9_001 * second)
        #expect(clock.mark() == 10_001 * second + 1)
        // At half the speed, so that it is caught up after twice as long.
        for step in 1..<198 {
            time.advance(seconds: 10)
            #expect(clock.present == 10_001 * second + UInt64(step) * 5 * second)
        }
        time.advance(seconds: 20)
        #expect(clock.present == clock.now)
        time.advance(seconds: 7)
        #expect(clock.mark() == clock.now)
        #expect(clock.mark() == clock.now + 1)
    }

    @Test func whatWasFoundOnDiskIsPassed() {
        let clock = TestTime(seconds: 5).clock
        clock.advance(past: 7_000_000)
        #expect(clock.mark() == 7_000_001)
        clock.advance(past: 6_000_000)
        #expect(clock.mark() == 7_000_002)
        clock.advance(past: .max)
        #expect(clock.mark() < .max)
    }

    @Test func marksOfManyThreadsAreUnique() async {
        let clock = TestTime().clock
        let marks = await withTaskGroup(of: [UInt64].self) { group in
            for _ in 0..<8 { group.addTask { (0..<1_000).map { _ in clock.mark() } } }
            return await group.reduce(into: [UInt64]()) { $0 += $1 }
        }
        #expect(Set(marks).count == 8_000)
    }
}
