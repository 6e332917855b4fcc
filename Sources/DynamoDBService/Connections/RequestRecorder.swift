internal import NIOCore
internal import Synchronization

/// The figures of all event loops of a server.
final class RequestRecorder: Sendable {
    private let loops = Mutex<[(loop: any EventLoop, figures: LoopFigures)]>([])

    /// The figures of a loop. Asked for once for each connection, not for each request.
    func figures(of loop: any EventLoop) -> LoopFigures {
        loops.withLock { loops in
            if let known = loops.first(where: { $0.loop === loop }) { return known.figures }
            let figures = LoopFigures()
            loops.append((loop, figures))
            return figures
        }
    }

    /// What was counted on all loops. Each is asked on its own: nothing of it is read while it is written.
    func merged() async throws -> RequestFigures {
        var sum = RequestFigures()
        for (loop, figures) in loops.withLock({ $0 }) { sum.add(try await loop.submit { figures.figures }.get()) }
        return sum
    }
}
