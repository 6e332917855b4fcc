internal import NIOCore
internal import Synchronization

/// The open connections of a server: so many at most, of which those that are idle do not keep others out, and which it
/// can end in good order.
///
/// A connection has its place from the moment it is accepted to the moment its descriptor is closed.
final class ConnectionRegistry: Sendable {
    private struct State {
        var connections: [ObjectIdentifier: (channel: any Channel, activity: ConnectionActivity)] = [:]
        var mostOpen = 0
        var isDraining = false
        /// Called when there is a place again: a call for each listener that rests.
        var whenThereIsPlace: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())
    /// Somebody waits for a place.
    private let isFull = Atomic(false)
    private let limit: Int
    /// An eighth of the places: so many are kept free while there are idle connections to close, and so many may belong
    /// to connections that have not asked for anything yet before those are closed rather than others.
    private let share: Int

    init(limit: Int) {
        self.limit = limit
        share = max(1, limit / 8)
    }

    /// Connections that are open.
    var count: Int { state.withLock { $0.connections.count } }
    /// The most that were open at once.
    var mostOpen: Int { state.withLock { $0.mostOpen } }

    /// Takes a new connection in. When nearly as many are open as may be, one that is idle is asked to close.
    ///
    /// - Returns: false if the server is stopping.
    func add(_ channel: any Channel) -> Bool {
        let (isTaken, leaving) = state.withLock { state -> (Bool, (any Channel)?) in
            guard !state.isDraining else { return (false, nil) }
            let leaving = oneThatLeaves(state, coming: 1)
            state.connections[ObjectIdentifier(channel)] = (channel, ConnectionActivity())
            state.mostOpen = max(state.mostOpen, state.connections.count)
            return (true, leaving)
        }
        leaving?.pipeline.fireUserInboundEventTriggered(HTTPConnection.RoomIsNeeded())
        guard isTaken else { return false }
        channel.closeFuture.whenComplete { _ in self.remove(channel) }
        return true
    }

    private func remove(_ channel: any Channel) {
        let calls = state.withLock { state -> [@Sendable () -> Void] in
            state.connections.removeValue(forKey: ObjectIdentifier(channel))
            guard state.connections.count < limit else { return [] }
            isFull.store(false, ordering: .relaxed)
            defer { state.whenThereIsPlace = [] }
            return state.whenThereIsPlace
        }
        for call in calls { call() }
    }

    /// Whether there is a place for another connection. If not, `call` is called once, on any thread, when there is.
    func hasPlace(orCallLater call: @escaping @Sendable () -> Void) -> Bool {
        let (hasPlace, leaving) = state.withLock { state -> (Bool, (any Channel)?) in
            guard state.connections.count >= limit else { return (true, nil) }
            state.whenThereIsPlace.append(call)
            isFull.store(true, ordering: .sequentiallyConsistent)
            return (false, oneThatLeaves(state, coming: 0))
        }
        leaving?.pipeline.fireUserInboundEventTriggered(HTTPConnection.RoomIsNeeded())
        return hasPlace
    }

    /// What others see of a connection that has been taken in and is ready to serve; nil if it was asked to close before
    /// it could hear that.
    func activity(of channel: any Channel) -> ConnectionActivity? {
        state.withLock { state in
            guard !state.isDraining, let activity = state.connections[ObjectIdentifier(channel)]?.activity else {
                return nil
            }
            return activity.isLeaving ? nil : activity
        }
    }

    /// A connection has become idle: it may be one that others wait for.
    func oneBecameIdle() {
        guard isFull.load(ordering: .sequentiallyConsistent) else { return }
        let leaving = state.withLock { oneThatLeaves($0, coming: 0) }
        leaving?.pipeline.fireUserInboundEventTriggered(HTTPConnection.RoomIsNeeded())
    }

    /// If places are scarce, the connection that is to be asked to close: of those that have not asked for anything, if they
    /// are more than their share, the oldest; else the one that has been idle for longest since it was served.
    private func oneThatLeaves(_ state: State, coming: Int) -> (any Channel)? {
        typealias Candidate = (channel: any Channel, activity: ConnectionActivity, rank: ConnectionActivity.Rank)
        let enough = limit - share - coming
        guard state.connections.count > enough else { return nil }
        while true {
            var staying = 0
            var unused = 0
            var oldest: Candidate?
            var longestIdle: Candidate?
            for (channel, activity) in state.connections.values where !activity.isLeaving {
                staying += 1
                guard let rank = activity.rank else { continue }
                if rank.hasServed {
                    if longestIdle.map({ rank < $0.rank }) ?? true { longestIdle = (channel, activity, rank) }
                } else {
                    unused += 1
                    if oldest.map({ rank < $0.rank }) ?? true { oldest = (channel, activity, rank) }
                }
            }
            guard staying > enough, let first = unused > share ? oldest : longestIdle else { return nil }
            // It may have been sent a request meanwhile.
            if first.activity.claim(first.rank) { return first.channel }
        }
    }

    /// Lets every connection answer its request in flight, then closes it; after the time, closes it anyhow.
    func drain(within time: TimeAmount) async {
        let channels = state.withLock { state in
            state.isDraining = true
            state.whenThereIsPlace = []
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
