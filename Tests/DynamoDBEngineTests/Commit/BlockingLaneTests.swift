import Dispatch
import Synchronization
import Testing

@testable import DynamoDBEngine

@Suite struct BlockingLaneTests {
    /// More works wait than there are cores, and the tasks of the process go on.
    @Test(.timeLimit(.minutes(1))) func whatBlocksTakesNoThreadFromTasks() async throws {
        let width = 64
        let lane = BlockingLane(label: "test", width: width)
        let running = Atomic(0)
        let gate = DispatchSemaphore(value: 0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<width {
                group.addTask {
                    try await lane.run {
                        running.add(1, ordering: .relaxed)
                        gate.wait()
                    }
                }
            }
            while running.load(ordering: .relaxed) < width { try await Task.sleep(for: .milliseconds(1)) }
            await Task.detached {}.value
            for _ in 0..<width { gate.signal() }
            try await group.waitForAll()
        }
    }

    @Test func oneThreadKeepsTheOrder() async throws {
        let lane = BlockingLane(label: "test")
        let order = Mutex<[Int]>([])
        for number in 0..<100 { lane.start { order.withLock { $0.append(number) } } }
        try await lane.run {}
        #expect(order.withLock { $0 } == Array(0..<100))
    }
}
