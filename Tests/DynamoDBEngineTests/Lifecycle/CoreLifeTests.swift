import Fuzzing
import Testing

@testable import DynamoDBEngine

/// The life of a core without files, threads or time.
@Suite struct CoreLifeTests {
    private static let failed = StorageError(message: "IO error: While fdatasync: /data/1.log: Input/output error")
    private static let full = StorageError(message: "IO error: No space left on device: While appending to file")
    private static let damaged = StorageError(message: "Corruption: block checksum mismatch in /data/2.sst")

    private func life() -> CoreLife<Int> { CoreLife(0, at: .zero) }

    @Test func readsGoOnUntilTheDirectoryCanBeWritten() {
        var life = life()
        #expect(life.core == 0 && life.refusal == nil)
        #expect(life.fail(Self.full, generation: 0, at: .zero) == .test(after: .zero))
        #expect(life.fail(Self.failed, generation: 0, at: .zero) == nil, "it is known")
        #expect(life.core == 0 && life.refusal == "The disk is full")
        #expect(life.tested(isWritable: false) == .test(after: .milliseconds(250)))
        #expect(life.tested(isWritable: false) == .test(after: .milliseconds(500)))
        for _ in 0..<10 { _ = life.tested(isWritable: false) }
        #expect(life.tested(isWritable: false) == .test(after: .seconds(4)))
        #expect(life.core == 0)
        #expect(life.tested(isWritable: true) == .release)
        #expect(life.core == nil, "nobody takes it up any more")
        #expect(life.takeCore() == 0)
        #expect(life.released() == .open(after: .zero))
        #expect(life.refusal == "The data directory is being opened again after a fault: The disk is full")
        #expect(life.openingFailed(Self.full) == .open(after: .seconds(4)))
        #expect(life.opened(1, at: .seconds(9)) == .nothing)
        #expect(life.core == 1 && life.refusal == nil)
    }

    @Test func aCoreThatFailsAgainSoonIsOpenedMoreSlowly() {
        var life = life()
        for cycle in 0..<3 {
            let pause: Duration = cycle == 0 ? .zero : .milliseconds(250 << (cycle - 1))
            #expect(life.fail(Self.failed, generation: cycle, at: .seconds(cycle)) == .test(after: pause))
            #expect(life.tested(isWritable: true) == .release)
            #expect(life.takeCore() == cycle)
            #expect(life.released() == .open(after: .zero))
            #expect(life.opened(cycle + 1, at: .seconds(cycle)) == .nothing)
            #expect(life.fail(Self.failed, generation: cycle, at: .seconds(cycle)) == nil, "an earlier core's")
        }
        #expect(life.fail(Self.failed, generation: 3, at: .seconds(100)) == .test(after: .zero), "long after")
    }

    @Test func damageIsTriedOnceMore() {
        var life = life()
        #expect(life.fail(Self.damaged, generation: 0, at: .zero) == .release)
        #expect(life.takeCore() == 0)
        #expect(life.released() == .open(after: .zero))
        #expect(life.opened(1, at: .zero) == .nothing)
        #expect(life.fail(Self.damaged, generation: 1, at: .seconds(1000)) == .nothing)
        #expect(life.core == 1 && life.refusal == "The data is damaged", "what can be read is read")
    }

    @Test(arguments: [damaged as any Error, StoredDataError.malformed])
    func damageThatReopeningFindsIsFinal(_ error: any Error) {
        var life = life()
        _ = life.fail(Self.failed, generation: 0, at: .zero)
        _ = life.tested(isWritable: true)
        _ = life.takeCore()
        _ = life.released()
        #expect(life.openingFailed(error) == .nothing)
        #expect(life.core == nil && life.refusal?.contains("damaged") == true)
        #expect(life.opened(1, at: .zero) == .discard)
    }

    /// Whatever happens in whatever order: a core is open at most once, every core is let go of once, writes are refused
    /// whenever the open core is faulty, and something is always going to happen until it is open again.
    @Test(arguments: 0..<200) func everyInterleavingEndsWell(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var life = life()
        var next: CoreLife<Int>.Step = .nothing
        var live: Set<Int> = [0]
        var newest = 0
        var isClosed = false
        var isFinal = false
        for turn in 0..<400 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0:
                let error = Int.random(in: 0..<8, using: &random) == 0 ? Self.damaged : Self.failed
                let generation = max(0, life.generation - Int.random(in: 0...1, using: &random))
                let isKnown = life.refusal != nil || generation != life.generation
                let step = life.fail(error, generation: generation, at: .seconds(turn))
                #expect((step == nil) == isKnown)
                if let step {
                    #expect(next == .nothing)
                    next = step
                    isFinal = step == .nothing
                }
            case 1 where Int.random(in: 0..<50, using: &random) == 0:
                if let core = life.close() { #expect(live.remove(core) != nil) }
                isClosed = true
            default:
                switch next {
                case .nothing, .discard: break
                case .test: next = life.tested(isWritable: Bool.random(using: &random))
                case .release:
                    if let core = life.takeCore() { #expect(live.remove(core) != nil) }
                    next = life.released()
                case .open:
                    if Int.random(in: 0..<3, using: &random) == 0 {
                        next = life.openingFailed(Self.full)
                    } else {
                        newest += 1
                        next = life.opened(newest, at: .seconds(turn))
                        if next != .discard { live.insert(newest) }
                    }
                }
            }
            #expect(live.count <= 1)
            if let core = life.core { #expect(live == [core]) }
            #expect(isClosed || isFinal || (life.refusal == nil) == (next == .nothing))
        }
        if isClosed { #expect(live.isEmpty && life.core == nil) }
    }
}
