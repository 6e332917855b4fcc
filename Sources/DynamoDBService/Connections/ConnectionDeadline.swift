internal import NIOCore

/// Calls at a time that moves with each request. To be used on the event loop.
///
/// Moving the time away costs nothing: the timer looks, when it fires, whether the time has come.
final class ConnectionDeadline {
    private let eventLoop: any EventLoop
    private var time: NIODeadline?
    private var timer: (task: Scheduled<Void>, time: NIODeadline)?
    private var call: ((NIODeadline) -> Void)?

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    /// Says what is called.
    func whenPassed(_ call: @escaping (NIODeadline) -> Void) {
        self.call = call
    }

    /// Calls at the time, unless there is another until then; never for nil.
    func set(_ time: NIODeadline?) {
        self.time = time
        guard let time, call != nil else { return }
        if let timer, timer.time <= time { return }
        schedule(at: time)
    }

    /// There will be no more calls.
    func cancel() {
        call = nil
        timer?.task.cancel()
        timer = nil
    }

    private func schedule(at time: NIODeadline) {
        timer?.task.cancel()
        let task = eventLoop.assumeIsolated().scheduleTask(deadline: time) { self.look() }
        timer = (task, time)
    }

    private func look() {
        timer = nil
        guard let time else { return }
        let now = NIODeadline.now()
        guard time <= now else { return schedule(at: time) }
        call?(now)
    }
}
