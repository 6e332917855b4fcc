internal import NIOCore
internal import Synchronization

/// Since when a connection has been idle, as others see it.
final class ConnectionActivity: Sendable {
    /// Uptime in nanoseconds; 0 while a request is in hand.
    private let since = Atomic<UInt64>(NIODeadline.now().uptimeNanoseconds)

    var isIdle: Bool {
        get { since.load(ordering: .relaxed) != 0 }
        set {
            guard newValue != isIdle else { return }
            since.store(newValue ? max(NIODeadline.now().uptimeNanoseconds, 1) : 0, ordering: .relaxed)
        }
    }

    /// The time that the idle connection has its rank by; nil if it is not idle.
    fileprivate var idleSince: UInt64? {
        let time = since.load(ordering: .relaxed)
        return time == 0 ? nil : time
    }

    /// It is asked to close; nobody else needs to ask.
    fileprivate func claim() {
        since.store(0, ordering: .relaxed)
    }
}

/// The open connections of a server: so many at most, of which those that are idle do not keep others out, and which it
/// can end in good order.
final class ConnectionRegistry: Sendable {
    private struct State {
        var connections: [ObjectIdentifier: (channel: any Channel, activity: ConnectionActivity)] = [:]
        var isDraining = false
    }

    private let state = Mutex(State())
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// Connections that are open.
    var count: Int { state.withLock { $0.connections.count } }

    /// Takes a new connection in. When nearly as many are open as may be, the one that has been idle for longest is asked
    /// to close.
    ///
    /// - Returns: false if there are too many already, or if the server is stopping.
    func add(_ channel: any Channel, _ activity: ConnectionActivity) -> Bool {
        let (isTaken, longestIdle) = state.withLock { state -> (Bool, (any Channel)?) in
            guard !state.isDraining else { return (false, nil) }
            let longestIdle = state.connections.count >= limit - limit / 8 ? idle(state) : nil
            guard state.connections.count < limit else { return (false, longestIdle) }
            state.connections[ObjectIdentifier(channel)] = (channel, activity)
            return (true, longestIdle)
        }
        longestIdle?.pipeline.fireUserInboundEventTriggered(HTTPConnection.RoomIsNeeded())
        guard isTaken else { return false }
        channel.closeFuture.whenComplete { _ in
            self.state.withLock { state in _ = state.connections.removeValue(forKey: ObjectIdentifier(channel)) }
        }
        return true
    }

    private func idle(_ state: State) -> (any Channel)? {
        var longest: (channel: any Channel, activity: ConnectionActivity, since: UInt64)?
        for (channel, activity) in state.connections.values {
            guard let since = activity.idleSince, since < longest?.since ?? .max else { continue }
            longest = (channel, activity, since)
        }
        longest?.activity.claim()
        return longest?.channel
    }

    /// Lets every connection answer its request in flight, then closes it; after the time, closes it anyhow.
    func drain(within time: TimeAmount) async {
        let channels = state.withLock { state in
            state.isDraining = true
            return state.connections.values.map(\.channel)
        }
        await withTaskGroup(of: Void.self) { group in
            for channel in channels {
                group.addTask {
                    let deadline = channel.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
                    channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
                    // A connection that fails is closed too.
                    try? await channel.closeFuture.get()
                    deadline.cancel()
                }
            }
        }
    }
}
