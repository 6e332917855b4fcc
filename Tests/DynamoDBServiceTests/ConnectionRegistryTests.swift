import Glibc
import NIOCore
import NIOEmbedded
import Testing

@testable import DynamoDBService

/// Who gets a place, and who has to leave for whom: channels without sockets and without threads.
@Suite struct ConnectionRegistryTests {
    /// A connection that closes when it is asked to, unless it never hears of it.
    private final class Client {
        private final class Listener: ChannelInboundHandler {
            typealias InboundIn = Never
            var isOpen = true

            func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
                guard event is HTTPConnection.RoomIsNeeded else { return }
                isOpen = false
                context.close(promise: nil)
            }
        }

        let channel: EmbeddedChannel
        private let listener = Listener()

        init(_ eventLoop: EmbeddedEventLoop, hears: Bool = true) {
            channel = EmbeddedChannel(handlers: hears ? [listener] : [], loop: eventLoop)
        }

        /// Whether it has not been asked to close.
        var isOpen: Bool { listener.isOpen }
    }

    private func clients(
        _ count: Int, hear: Bool = true, in registry: ConnectionRegistry, _ eventLoop: EmbeddedEventLoop
    ) -> [Client] {
        (0..<count).map { _ in
            let client = Client(eventLoop, hears: hear)
            #expect(registry.add(client.channel))
            eventLoop.run()
            return client
        }
    }

    // MARK: Whose turn it is

    @Test func whoHasNeverBeenServedLeavesFirstThenWhoHasBeenIdleForLongest() throws {
        let moments = (1...4).map { NIODeadline.uptimeNanoseconds(UInt64($0)) }
        let servedFirst = ConnectionActivity(now: moments[0])
        let unused = [ConnectionActivity(now: moments[3]), ConnectionActivity(now: .distantFuture)]
        let servedLater = ConnectionActivity(now: moments[0])
        for (activity, moment) in [(servedLater, moments[2]), (servedFirst, moments[1])] {
            #expect(activity.tell(isIdle: false, now: .now()) == false)
            #expect(activity.rank == nil)
            #expect(activity.tell(isIdle: true, now: moment))
            #expect(activity.tell(isIdle: true, now: moment) == false)
        }
        let order = [unused[0], unused[1], servedFirst, servedLater]
        let ranks = try order.map { try #require($0.rank) }
        #expect(ranks == ranks.sorted() && Set(ranks).count == 4)
    }

    @Test func oneIsAskedOnceAndMayBeServedInstead() throws {
        let activity = ConnectionActivity()
        let rank = try #require(activity.rank)
        #expect(!activity.isLeaving)
        #expect(activity.claim(rank))
        #expect(activity.isLeaving && activity.rank == nil && !activity.claim(rank))
        // It has not heard of it yet.
        #expect(activity.tell(isIdle: true, now: .now()) == false)
        #expect(activity.isLeaving)
        // A request has come before it heard.
        #expect(activity.tell(isIdle: false, now: .now()) == false)
        #expect(!activity.isLeaving && activity.rank == nil)
        #expect(activity.tell(isIdle: true, now: .now()))
        #expect(activity.rank != nil && activity.rank != rank)
        #expect(!activity.claim(rank))
    }

    // MARK: Places

    @Test func unusedConnectionsMakeRoomBeforeThoseThatAreServed() throws {
        let registry = ConnectionRegistry(limit: 16)
        let eventLoop = EmbeddedEventLoop()
        let served = clients(3, in: registry, eventLoop)
        for client in served {
            let activity = try #require(registry.activity(of: client.channel))
            _ = activity.tell(isIdle: false, now: .now())
            _ = activity.tell(isIdle: true, now: .now())
        }
        let unused = clients(100, in: registry, eventLoop)
        #expect(served.map(\.isOpen) == [true, true, true])
        #expect(unused.map(\.isOpen) == (0..<100).map { $0 >= 89 })
        #expect(registry.count == 14 && registry.mostOpen == 15)
    }

    /// Many clients keep their connections; who comes new has time to ask before another comes.
    @Test func newConnectionsHaveAShare() throws {
        let registry = ConnectionRegistry(limit: 16)
        let eventLoop = EmbeddedEventLoop()
        let served = clients(14, in: registry, eventLoop)
        for client in served {
            let activity = try #require(registry.activity(of: client.channel))
            _ = activity.tell(isIdle: false, now: .now())
            _ = activity.tell(isIdle: true, now: .now())
        }
        let new = clients(4, in: registry, eventLoop)
        #expect(served.map(\.isOpen) == (0..<14).map { $0 >= 3 })
        #expect(new.map(\.isOpen) == [false, true, true, true])
    }

    /// As if their event loops were too busy to hear anything: places are counted all the same.
    @Test func connectionsThatHearNothingHavePlacesToo() throws {
        let registry = ConnectionRegistry(limit: 16)
        let eventLoop = EmbeddedEventLoop()
        var calls = 0
        let deaf = clients(15, hear: false, in: registry, eventLoop)
        #expect(registry.hasPlace { Issue.record("there was a place") })
        let last = clients(1, hear: false, in: registry, eventLoop)
        nonisolated(unsafe) let count = { calls += 1 }
        #expect(!registry.hasPlace { count() })
        // Two have been asked, which leaves room enough.
        let asked = (deaf + last).filter { registry.activity(of: $0.channel) == nil }
        try #require(asked.count == 2)
        #expect(asked[0] === deaf[0] && asked[1] === deaf[1])
        for client in deaf.prefix(3) {
            client.channel.close(promise: nil)
            eventLoop.run()
            #expect(calls == 1)
        }
        #expect(registry.count == 13 && registry.hasPlace { Issue.record("there was a place") })
    }

    @Test func whoBecomesIdleLeavesIfOthersWait() throws {
        let registry = ConnectionRegistry(limit: 16)
        let eventLoop = EmbeddedEventLoop()
        var busy: [Client] = []
        for _ in 0..<16 {
            busy += clients(1, in: registry, eventLoop)
            _ = try #require(registry.activity(of: busy[busy.count - 1].channel)).tell(isIdle: false, now: .now())
        }
        #expect(!busy.map(\.isOpen).contains(false))
        var hasRoom = false
        nonisolated(unsafe) let tell = { hasRoom = true }
        #expect(!registry.hasPlace { tell() })
        for (number, client) in busy.enumerated() {
            let activity = try #require(registry.activity(of: client.channel))
            #expect(activity.tell(isIdle: true, now: .now()))
            registry.oneBecameIdle()
            eventLoop.run()
            // One has left, and nobody waits any more.
            #expect(client.isOpen == (number > 0) && hasRoom)
        }
        #expect(registry.count == 15)
    }

    @Test func aServerThatStopsTakesNobodyIn() async throws {
        let registry = ConnectionRegistry(limit: 16)
        await registry.drain(within: .seconds(1))
        let late = Client(EmbeddedEventLoop())
        #expect(!registry.add(late.channel) && registry.activity(of: late.channel) == nil)
        #expect(registry.count == 0)
    }

    // MARK: The listener

    private func reads(_ listener: EmbeddedChannel) -> Bool {
        let option = listener.options.last { $0.option is ChannelOptions.Types.AutoReadOption }
        return option?.value as? Bool ?? true
    }

    @Test func theListenerRestsWhileThereIsNoPlace() throws {
        let registry = ConnectionRegistry(limit: 8)
        let eventLoop = EmbeddedEventLoop()
        let listener = EmbeddedChannel(handler: AcceptGate(registry), loop: eventLoop)
        let clients = (0..<8).map { _ in EmbeddedChannel(loop: eventLoop) }
        for (number, client) in clients.enumerated() {
            #expect(reads(listener))
            try listener.writeInbound(client as any Channel)
            let accepted = try #require(try listener.readInbound(as: (any Channel).self))
            #expect(accepted === client && registry.count == number + 1)
        }
        #expect(!reads(listener))
        // A shortage of descriptors that ends does not make places.
        listener.pipeline.fireErrorCaught(IOError(errnoCode: EMFILE, reason: "accept"))
        eventLoop.advanceTime(by: AcceptGate.pause)
        #expect(!reads(listener))
        clients[0].close(promise: nil)
        eventLoop.run()
        #expect(reads(listener) && registry.count == 7)
    }

    @Test func theListenerRestsWhileThereIsNoDescriptor() throws {
        let eventLoop = EmbeddedEventLoop()
        let listener = EmbeddedChannel(handler: AcceptGate(ConnectionRegistry(limit: 8)), loop: eventLoop)
        listener.pipeline.fireErrorCaught(IOError(errnoCode: EMFILE, reason: "accept"))
        listener.pipeline.fireErrorCaught(IOError(errnoCode: ENFILE, reason: "accept"))
        #expect(!reads(listener))
        eventLoop.advanceTime(by: AcceptGate.pause)
        #expect(reads(listener))
        #expect(throws: Never.self) { try listener.throwIfErrorCaught() }
        listener.pipeline.fireErrorCaught(IOError(errnoCode: EBADF, reason: "accept"))
        #expect(reads(listener))
        #expect(throws: IOError.self) { try listener.throwIfErrorCaught() }
    }
}
