internal import NIOCore

/// Closes a connection at a time that moves with each request. To be used on the connection's event loop.
///
/// Moving the time away costs nothing: the timer looks, when it fires, whether the time has come.
final class ConnectionDeadline {
    private let channel: any Channel
    /// Nil while the client has to wait for the server.
    private var time: NIODeadline?
    private var isOver = false
    private var timer: (task: Scheduled<Void>, time: NIODeadline)?

    init(_ channel: any Channel) {
        self.channel = channel
    }

    /// The connection may live for so long from now.
    func set(_ delay: TimeAmount) {
        guard !isOver else { return }
        let time = NIODeadline.now() + delay
        self.time = time
        if let timer, timer.time <= time { return }
        schedule(at: time)
    }

    /// The connection may live until the next ``set(_:)``.
    func suspend() {
        time = nil
    }

    /// The connection is closed: there is nothing to wait for any more.
    func cancel() {
        isOver = true
        timer?.task.cancel()
        timer = nil
    }

    private func schedule(at time: NIODeadline) {
        timer?.task.cancel()
        let task = channel.eventLoop.assumeIsolated().scheduleTask(deadline: time) { self.look() }
        timer = (task, time)
    }

    private func look() {
        timer = nil
        guard let time else { return }
        if time <= .now() { channel.close(promise: nil) } else { schedule(at: time) }
    }
}
