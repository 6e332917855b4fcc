/// Runs jobs as children of one task, which ends with its owner: none of them outlives it.
final class BackgroundTasks: Sendable {
    typealias Job = @Sendable () async -> Void

    private let jobs: AsyncStream<Job>.Continuation
    private let parent: Task<Void, Never>

    init() {
        let (stream, jobs) = AsyncStream.makeStream(of: Job.self)
        self.jobs = jobs
        parent = Task {
            await withDiscardingTaskGroup { group in
                for await job in stream { group.addTask { await job() } }
            }
        }
    }

    deinit { parent.cancel() }

    /// Starts `job`. It must not hold the owner while it waits. After `stop` nothing starts any more.
    func run(_ job: @escaping Job) { jobs.yield(job) }

    /// Cancels all jobs and returns when they have ended.
    func stop() async {
        parent.cancel()
        await parent.value
    }
}
