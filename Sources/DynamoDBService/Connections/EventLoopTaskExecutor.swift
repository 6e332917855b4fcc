internal import NIOCore

/// Runs a connection's tasks on its own event loop, so that a read is answered without changing threads.
final class EventLoopTaskExecutor: TaskExecutor, @unchecked Sendable {
    private let eventLoop: any EventLoop
    // Both are touched on the event loop only.
    private var isStarting = false
    private var started: UnownedJob?

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if eventLoop.inEventLoop, isStarting {
            started = job
        } else {
            eventLoop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        }
    }

    /// Makes a task, and runs it at once as far as it goes without waiting. To be called on the event loop, not in a
    /// task.
    func start(_ body: sending @escaping () async -> Void) {
        isStarting = true
        Task(executorPreference: self, operation: body)
        isStarting = false
        if let job = started.take() { job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
}
