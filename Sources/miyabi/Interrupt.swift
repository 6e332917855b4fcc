import ArgumentParser
import Glibc
import UnixSignals

/// Runs `body` in a task that SIGINT, SIGTERM and a closed terminal cancel, and waits until it has cleaned up. A second signal does not wait.
///
/// - Throws: what `body` throws; `ExitCode(130)` if that is `CancellationError`.
func cancellingOnInterrupt<R: Sendable>(_ body: @escaping @Sendable () async throws -> R) async throws -> R {
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
    let work = Task { try await body() }
    let watch = Task {
        for await _ in signals {
            guard !work.isCancelled else { exit(130) }
            work.cancel()
        }
    }
    defer { watch.cancel() }
    do {
        return try await work.value
    } catch is CancellationError {
        Console.error("miyabi: interrupted")
        throw ExitCode(130)
    }
}
