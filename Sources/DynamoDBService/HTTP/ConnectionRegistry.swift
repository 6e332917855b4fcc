internal import NIOCore
internal import Synchronization

/// The open connections of a server, so that it can end them in good order.
final class ConnectionRegistry: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var isDraining = false
    }

    private let state = Mutex(State())
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes a new connection in.
    ///
    /// - Returns: false if there are too many already, or if the server is stopping.
    func add(_ channel: any Channel) -> Bool {
        let isTaken = state.withLock { state in
            guard !state.isDraining, state.channels.count < limit else { return false }
            state.channels[ObjectIdentifier(channel)] = channel
            return true
        }
        guard isTaken else { return false }
        channel.closeFuture.whenComplete { _ in
            self.state.withLock { state in _ = state.channels.removeValue(forKey: ObjectIdentifier(channel)) }
        }
        return true
    }

    /// Lets every connection answer its request in flight, then closes it; after the time, closes it anyhow.
    func drain(within time: TimeAmount) async {
        let channels = state.withLock { state in
            state.isDraining = true
            return Array(state.channels.values)
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
