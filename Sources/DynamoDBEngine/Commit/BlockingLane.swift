internal import Dispatch
internal import Synchronization

/// A few threads of its own for work that may block long, which neither the threads of Swift's concurrency nor event
/// loops must do.
final class BlockingLane: Sendable {
    private struct State {
        var running = 0
        /// What no thread is free for, in the order in which it came.
        var waiting: [@Sendable () -> Void] = []
    }

    private let width: Int
    private let queue: DispatchQueue
    private let state = Mutex(State())

    /// - Parameter width: how much is done at once; with 1, one work after the other.
    init(label: String, width: Int = 1) {
        self.width = width
        queue = DispatchQueue(label: label, attributes: .concurrent)
    }

    /// Does the work after all that was given earlier has begun, without waiting for it.
    func start(_ work: @escaping @Sendable () -> Void) {
        let hasThread = state.withLock { state in
            guard state.running == width else {
                state.running += 1
                return true
            }
            state.waiting.append(work)
            return false
        }
        if hasThread { queue.async { self.goOn(with: work) } }
    }

    /// As ``start(_:)``, some time later.
    func start(after delay: DispatchTimeInterval, _ work: @escaping @Sendable () -> Void) {
        queue.asyncAfter(deadline: .now() + delay) { self.start(work) }
    }

    private func goOn(with first: @escaping @Sendable () -> Void) {
        var next: (@Sendable () -> Void)? = first
        while let work = next {
            work()
            next = state.withLock { state in
                if state.waiting.isEmpty {
                    state.running -= 1
                    return nil
                }
                return state.waiting.removeFirst()
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
