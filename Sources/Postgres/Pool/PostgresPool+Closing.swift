public import ServiceLifecycle
import Synchronization

extension PostgresPool: Service {
    /// Keeps the pool open until the service group shuts down, then drains it as `close` does. The pool works without,
    /// too; run it as a service behind those that use it, so that it is closed after them.
    public func run() async throws {
        do {
            try await gracefulShutdown()
        } catch is CancellationError {
            // Closing below is then immediate.
        }
        await close()
    }

    /// Refuses new work, lets connections in use come back, and returns when all are closed. Closing twice does no harm.
    /// In a cancelled task it waits for nobody: connections in use are closed at once.
    public func close() async {
        let actions = state.withLock { $0.close(now: .now) }
        begin(actions)
        await background.stop()
        await perform(state.withLock { $0.abandonOpenings(now: .now) })
        for connection in actions.close { await connection.close() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                drained.withLock { $0.append(continuation) }
                if state.withLock({ $0.occupied == 0 }) { resumeDrained() }
            }
        } onCancel: {
            let lent = state.withLock { $0.lent }
            Task { for connection in lent { await connection.wire.shut() } }
        }
    }

    func resumeDrained() {
        let continuations = drained.withLock { waiting in
            defer { waiting.removeAll() }
            return waiting
        }
        for continuation in continuations { continuation.resume() }
    }
}
