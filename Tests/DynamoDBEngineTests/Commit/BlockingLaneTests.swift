import Dispatch
import Synchronization
import Testing

@testable import DynamoDBEngine

@Suite struct BlockingLaneTests {
    /// More works wait than there are cores, and the tasks of the process go on.
    @Test(.timeLimit(.minutes(1))) func whatBlocksTakesNoThreadFromTasks() async throws {
        let width = 64
        let lane = BlockingLane(label: "test", width: width)
        let (started, starts) = AsyncStream.makeStream(of: Void.self)
        let gate = DispatchSemaphore(value: 0)
        for _ in 0..<width {
            lane.start {
                starts.yield()
                gate.wait()
            }
        }
        for await _ in started.prefix(width) {}
        await Task.detached {}.value
        for _ in 0..<width { gate.signal() }
        try await lane.run {}
    }

    @Test func oneThreadKeepsTheOrder() async throws {
        let lane = BlockingLane(label: "test")
        let order = Mutex<[Int]>([])
        for number in 0..<100 { lane.start { order.withLock { $0.append(number) } } }
        try await lane.run {}
        #expect(order.withLock { $0 } == Array(0..<100))
    }
}
