internal import NIOCore
internal import NIOPosix

/// Threads for what would hold up the connections of an event loop: large bodies.
///
/// They are the service's own, as many as there are processors: those of Swift's concurrency have other work, and may be
/// held up by it.
final class LongWorkExecutor: TaskExecutor {
    static let shared = LongWorkExecutor()

    private let threads: NIOThreadPool

    private init() {
        threads = NIOThreadPool(numberOfThreads: System.coreCount)
        threads.start()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        threads.submit { _ in job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// Does work that would hold up the connections of an event loop on other threads.
@concurrent
func awayFromEventLoop<Result: Sendable>(_ work: @Sendable () -> Result) async -> Result {
    await withTaskExecutorPreference(LongWorkExecutor.shared) { work() }
}
