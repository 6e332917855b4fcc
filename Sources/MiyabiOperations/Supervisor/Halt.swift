import Synchronization

/// The wish to stop: a first request stops everything in order, a second one in haste.
///
/// Signals make requests in the program, tests make them directly.
public final class Halt: Sendable {
    private struct State {
        var requests = 0
        var waiting: [(request: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    /// Nobody has asked yet.
    public init() {}

    /// Whether anybody asked.
    public var isRequested: Bool { state.withLock { $0.requests > 0 } }

    /// Asks once more; returns how often was asked by now.
    @discardableResult
    public func request() -> Int {
        let (count, ready) = state.withLock { state in
            state.requests += 1
            let ready = state.waiting.filter { $0.request <= state.requests }
            state.waiting.removeAll { $0.request <= state.requests }
            return (state.requests, ready)
        }
        for waiter in ready { waiter.continuation.resume() }
        return count
    }

    /// Waits until it was asked `count` times, or until ``finish()``.
    package func requested(times count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                if state.requests >= count { return true }
                state.waiting.append((count, continuation))
                return false
            }
            if isReady { continuation.resume() }
        }
    }

    /// Lets everybody go who still waits for a request.
    func finish() {
        let waiting = state.withLock { state in
            state.requests = max(state.requests, 1000)
            defer { state.waiting = [] }
            return state.waiting
        }
        for waiter in waiting { waiter.continuation.resume() }
    }
}
