import DequeModule
import Dispatch
import Synchronization

/// A few threads of its own for work that may block long, which neither the threads of Swift's concurrency nor event
/// loops must do.
///
/// Each thread is that of a serial queue. A concurrent queue would borrow its threads from the pool that Swift's
/// concurrency runs on, which has one for each core: two works that wait for the disk would stop every task on two cores.
final class BlockingLane: Sendable {
    private struct State {
        /// The places in ``threads`` that have nothing to do.
        var idle: [Int]
        /// What no thread is free for, in the order in which it came.
        var waiting: Deque<@Sendable () -> Void> = []
    }

    private static let timer = DispatchQueue(label: "miyabi.dynamodb.timer")

    private let threads: [DispatchQueue]
    private let state: Mutex<State>

    /// - Parameter width: how much is done at once; with 1, one work after the other.
    init(label: String, width: Int = 1) {
        threads = (0..<width).map { _ in DispatchQueue(label: label) }
        state = Mutex(State(idle: Array(0..<width)))
    }

    /// Does the work after all that was given earlier has begun, without waiting for it.
    func start(_ work: @escaping @Sendable () -> Void) {
        let thread = state.withLock { state -> Int? in
            if let thread = state.idle.popLast() { return thread }
            state.waiting.append(work)
            return nil
        }
        if let thread { threads[thread].async { self.goOn(thread, with: work) } }
    }

    /// As ``start(_:)``, some time later.
    func start(after delay: DispatchTimeInterval, _ work: @escaping @Sendable () -> Void) {
        BlockingLane.timer.asyncAfter(deadline: .now() + delay) { self.start(work) }
    }

    private func goOn(_ thread: Int, with first: @escaping @Sendable () -> Void) {
        var next: (@Sendable () -> Void)? = first
        while let work = next {
            work()
            next = state.withLock { state in
                let work = state.waiting.popFirst()
                if work == nil { state.idle.append(thread) }
                return work
            }
        }
    }

    /// Runs the work after all that was given earlier has begun.
    func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            start { continuation.resume(with: Swift.Result { try work() }) }
        }
    }
}

/// Does some work now and then, as long as it lives.
final class Repeater: @unchecked Sendable {
    private let timer: any DispatchSourceTimer

    init(every interval: DispatchTimeInterval, label: String, _ work: @escaping @Sendable () -> Void) {
        timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: label))
        timer.schedule(deadline: .now() + interval, repeating: interval, leeway: .seconds(1))
        timer.setEventHandler(handler: DispatchWorkItem(block: work))
        timer.resume()
    }

    deinit { timer.cancel() }
}
