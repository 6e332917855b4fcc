import Fuzzing
import Testing

@testable import DynamoDBEngine

/// The order of syncs without threads: every step is chosen by the test.
@Suite struct GroupCommitStateTests {
    private struct Failed: Error {}

    @Test func oneSyncIsForAllWhoCameBeforeItBegan() {
        var state = GroupCommitState<Int>()
        #expect(state.arrive(1).isGather)
        #expect(state.arrive(2).isWait)
        state.syncBegins()
        #expect(state.arrive(3).isWait, "it may have been written after the sync began")
        let first = state.syncEnds(.success(()))
        #expect(first.group == [1, 2] && first.gathers)
        state.syncBegins()
        let second = state.syncEnds(.success(()))
        #expect(second.group == [3] && !second.gathers)
        #expect(state.arrive(4).isGather, "idle again")
    }

    @Test func aFailedSyncFailsAllAndIsTheLast() {
        var state = GroupCommitState<Int>()
        _ = state.arrive(1)
        state.syncBegins()
        _ = state.arrive(2)
        let ending = state.syncEnds(.failure(Failed()))
        #expect(ending.group == [1, 2] && !ending.gathers)
        #expect(state.arrive(3).isRefuse)
    }

    /// What a model of a disk says: who is told of success was on disk, and everybody is told something, once.
    @Test(arguments: 0..<200) func everyInterleavingKeepsThePromise(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var state = GroupCommitState<Int>()
        var arrivals = 0
        var syncs: (isAsked: Bool, isRunning: Bool) = (false, false)
        /// The waiters below this number had written when the running sync began.
        var begun = 0
        var hasFailed = false
        var answered: Set<Int> = []
        for _ in 0..<300 {
            switch Int.random(in: 0..<4, using: &random) {
            case 0, 1:
                switch state.arrive(arrivals) {
                case .gather:
                    #expect(!syncs.isAsked && !syncs.isRunning && !hasFailed)
                    syncs.isAsked = true
                case .wait: #expect((syncs.isAsked || syncs.isRunning) && !hasFailed)
                case .refuse:
                    #expect(hasFailed)
                    answered.insert(arrivals)
                }
                arrivals += 1
            case 2 where syncs.isAsked:
                state.syncBegins()
                syncs = (false, true)
                begun = arrivals
            case 3 where syncs.isRunning:
                let fails = Int.random(in: 0..<20, using: &random) == 0
                let ending = state.syncEnds(fails ? .failure(Failed()) : .success(()))
                syncs = (ending.gathers, false)
                hasFailed = fails
                for waiter in ending.group {
                    #expect(answered.insert(waiter).inserted)
                    if !fails { #expect(waiter < begun) }
                }
            default: break
            }
            // Whoever has no answer waits for a sync that is asked for or runs.
            #expect(answered.count == arrivals || syncs.isAsked || syncs.isRunning)
        }
    }
}

extension GroupCommitState.Arrival {
    fileprivate var isGather: Bool { if case .gather = self { true } else { false } }
    fileprivate var isWait: Bool { if case .wait = self { true } else { false } }
    fileprivate var isRefuse: Bool { if case .refuse = self { true } else { false } }
}
