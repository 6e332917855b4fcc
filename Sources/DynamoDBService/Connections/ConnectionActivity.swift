import NIOCore
import Synchronization

/// Whether a connection can make room for another, and whose turn it is, as others see it.
///
/// The connection tells; any thread may look.
final class ConnectionActivity: Sendable {
    /// Since when it is idle: the lowest has been so for longest. Those that have never had a request answered are lower
    /// than all others.
    struct Rank: Hashable, Comparable, Sendable {
        fileprivate let bits: UInt64

        /// A request has been answered.
        var hasServed: Bool { bits & served != 0 }

        /// - Parameter time: since when it is idle.
        fileprivate init(_ time: NIODeadline, hasServed: Bool) {
            bits = max(time.uptimeNanoseconds, leaving + 1) | (hasServed ? served : 0)
        }

        fileprivate init(bits: UInt64) {
            self.bits = bits
        }

        static func < (left: Rank, right: Rank) -> Bool { left.bits < right.bits }
    }

    /// A request is in hand.
    private static let busy: UInt64 = 0
    /// It was idle, and has been asked to close.
    private static let leaving: UInt64 = 1
    /// A request has been answered. No uptime in nanoseconds is as large.
    private static let served: UInt64 = 1 << 63

    private let bits: Atomic<UInt64>

    init(now: NIODeadline = .now()) {
        bits = Atomic(Rank(now, hasServed: false).bits)
    }

    /// Its rank among the idle ones; nil if it is not idle, or has been asked to close.
    var rank: Rank? {
        let bits = bits.load(ordering: .sequentiallyConsistent)
        return bits > Self.leaving ? Rank(bits: bits) : nil
    }

    /// It was idle and has been asked to close; nobody else needs to ask, and its place will be free.
    var isLeaving: Bool { bits.load(ordering: .relaxed) == Self.leaving }

    /// The connection tells whether it is idle.
    ///
    /// - Returns: true if it has become so: others may have waited for that.
    func tell(isIdle: Bool, now: NIODeadline) -> Bool {
        guard isIdle == (bits.load(ordering: .relaxed) == Self.busy) else { return false }
        // Between this and the look whether others wait nothing may be put: either side sees what the other has done.
        bits.store(isIdle ? Rank(now, hasServed: true).bits : Self.busy, ordering: .sequentiallyConsistent)
        return isIdle
    }

    /// Takes it as the one that makes room.
    ///
    /// - Parameter rank: as it was looked up.
    /// - Returns: false if it is not idle any more.
    func claim(_ rank: Rank) -> Bool {
        bits.compareExchange(expected: rank.bits, desired: Self.leaving, ordering: .sequentiallyConsistent).exchanged
    }
}

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
