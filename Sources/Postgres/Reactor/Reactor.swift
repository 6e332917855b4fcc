import CLibPQ
import Glibc
import Synchronization

/// One thread that waits for sockets and runs the actors that own them.
///
/// The reactor is the serial executor of every `Wire`, so the state of libpq's connections is only ever touched here.
/// It is also the preferred executor of their operations: a continuation resumes on the task's executor before it
/// goes back to its actor, which without the preference would be another thread. So a query costs one hop into the
/// reactor and one out of it, and none in between. Nothing that blocks may run on this thread.
final class Reactor: SerialExecutor, TaskExecutor, @unchecked Sendable {
    /// The process's reactor, started on first use and never stopped.
    static let shared = Result { try Reactor() }

    private struct Inbox {
        var jobs: [UnownedJob] = []
        /// The thread is, or is about to be, in `epoll_wait` without having seen the newest jobs.
        var isSleeping = false
    }

    private let inbox = Mutex(Inbox())
    private let epoll: Int32
    private let wakeup: Int32
    private let thread = Mutex<pthread_t?>(nil)

    // Only touched on the reactor's thread.
    private var sources: [Int32: any ReactorSource] = [:]
    private var deadlines: [ObjectIdentifier: (source: any ReactorSource, at: ContinuousClock.Instant)] = [:]

    private init() throws {
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        wakeup = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(fd: wakeup))
        guard epoll >= 0, wakeup >= 0, epoll_ctl(epoll, EPOLL_CTL_ADD, wakeup, &event) == 0 else {
            let code = errno
            if epoll >= 0 { Glibc.close(epoll) }
            if wakeup >= 0 { Glibc.close(wakeup) }
            throw PostgresError(.systemFailure, "cannot create an epoll instance: \(Threads.systemMessage(code))")
        }
        try Threads.detach(named: "postgres") { self.run() }
    }

    // MARK: Executor

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustWake = inbox.withLock { inbox in
            inbox.jobs.append(job)
            defer { inbox.isSleeping = false }
            return inbox.isSleeping
        }
        if mustWake { eventfd_write(wakeup, 1) }
    }

    func checkIsolated() {
        let current = pthread_self()
        precondition(
            thread.withLock { $0.map { pthread_equal($0, current) != 0 } ?? false },
            "not on the reactor's thread")
    }

    // MARK: Sources (on the reactor's thread only)

    /// Watches `descriptor` for `interest` until `remove`; a second call changes the interest.
    func watch(_ descriptor: Int32, for interest: Readiness, source: any ReactorSource) throws {
        var events: UInt32 = 0
        if interest.contains(.read) { events |= EPOLLIN.rawValue | EPOLLRDHUP.rawValue }
        if interest.contains(.write) { events |= EPOLLOUT.rawValue }
        // A hang-up is reported in any case: once, not for as long as nobody reads.
        if interest.isEmpty { events = EPOLLONESHOT.rawValue }
        var event = epoll_event(events: events, data: epoll_data_t(fd: descriptor))
        // libpq closes a broken connection's descriptor by itself, and the number may belong to another source by now.
        let operation = sources[descriptor] === source ? EPOLL_CTL_MOD : EPOLL_CTL_ADD
        guard epoll_ctl(epoll, operation, descriptor, &event) == 0 else {
            throw PostgresError(.systemFailure, "cannot watch a socket: \(Threads.systemMessage(errno))")
        }
        sources[descriptor] = source
    }

    /// Forgets the descriptor, unless it belongs to another source by now.
    func remove(_ descriptor: Int32, source: any ReactorSource) {
        deadlines[ObjectIdentifier(source)] = nil
        guard sources[descriptor] === source else { return }
        sources[descriptor] = nil
        var unused = epoll_event()
        epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, &unused)
    }

    /// Calls `source.deadlinePassed()` at `instant`; `nil` takes an earlier deadline back.
    func setDeadline(_ instant: ContinuousClock.Instant?, for source: any ReactorSource) {
        deadlines[ObjectIdentifier(source)] = instant.map { (source, $0) }
    }

    // MARK: The loop

    private func run() {
        thread.withLock { $0 = pthread_self() }
        var batch: [UnownedJob] = []
        var events = [epoll_event](repeating: epoll_event(), count: 128)
        let actors = asUnownedSerialExecutor()
        let tasks = asUnownedTaskExecutor()
        while true {
            // What jobs enqueue runs before the sockets are looked at again, but not for ever.
            for _ in 0..<8 {
                inbox.withLock { inbox in swap(&batch, &inbox.jobs) }
                if batch.isEmpty { break }
                for job in batch { job.runSynchronously(isolatedTo: actors, taskExecutor: tasks) }
                batch.removeAll(keepingCapacity: true)
            }

            let longest = millisecondsToNextDeadline()
            let timeout = inbox.withLock { inbox in
                inbox.isSleeping = inbox.jobs.isEmpty
                return inbox.isSleeping ? longest : 0
            }
            let count = epoll_wait(epoll, &events, Int32(events.count), timeout)
            inbox.withLock { inbox in inbox.isSleeping = false }
            for event in events.prefix(Int(max(count, 0))) { deliver(event) }
            if !deadlines.isEmpty { expireDeadlines() }
        }
    }

    private func deliver(_ event: epoll_event) {
        guard event.data.fd != wakeup else {
            var value: eventfd_t = 0
            eventfd_read(wakeup, &value)
            return
        }
        var readiness: Readiness = []
        if event.events & (EPOLLIN.rawValue | EPOLLRDHUP.rawValue) != 0 { readiness.insert(.read) }
        if event.events & EPOLLOUT.rawValue != 0 { readiness.insert(.write) }
        if event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { readiness = [.read, .write] }
        sources[event.data.fd]?.socketReady(readiness)
    }

    private func millisecondsToNextDeadline() -> Int32 {
        guard let next = deadlines.values.lazy.map(\.at).min() else { return -1 }
        let wait = ContinuousClock.now.duration(to: next)
        return Int32(clamping: max(0, Int64(wait / .milliseconds(1)) + 1))
    }

    private func expireDeadlines() {
        let now = ContinuousClock.now
        for (key, deadline) in deadlines where deadline.at <= now {
            deadlines[key] = nil
            deadline.source.deadlinePassed()
        }
    }
}

/// What a file descriptor is ready for. Errors and hang-ups count as readable and writable, so that the
/// read or write that follows reports them.
struct Readiness: OptionSet, Sendable {
    let rawValue: UInt8

    static let read = Readiness(rawValue: 1)
    static let write = Readiness(rawValue: 2)
}

/// Something that owns a file descriptor and is told about it on the reactor's thread.
protocol ReactorSource: AnyObject, Sendable {
    /// The descriptor is ready. Level triggered: called again until the cause is gone.
    func socketReady(_ readiness: Readiness)
    /// The deadline set with `Reactor.setDeadline` has passed; it is cleared before the call.
    func deadlinePassed()
}
