internal import Dispatch

/// One thread for work that may block long, which the threads of Swift's concurrency must not do.
struct BlockingLane: Sendable {
    private let queue: DispatchQueue

    init(label: String) {
        queue = DispatchQueue(label: label)
    }

    /// Does the work after all that was given earlier, without waiting for it.
    func start(_ work: @escaping @Sendable () -> Void) {
        queue.async(execute: DispatchWorkItem(block: work))
    }

    /// Runs the work after all that was given earlier.
    func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result { try work() }) }
        }
    }
}
