import Glibc
import MiyabiOperations
import UnixSignals

/// Turns Ctrl-C, SIGTERM and a closed terminal into requests to stop.
enum HaltSignals {
    /// Runs `body` with a halt that signals request. The second signal makes haste, the third ends the program.
    static func forward<R: Sendable>(_ body: (Halt) async throws -> R) async rethrows -> R {
        // A reader of our output that goes away is no reason to die without stopping anything.
        signal(SIGPIPE, SIG_IGN)
        let halt = Halt()
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
        let forwarding = Task {
            for await _ in signals {
                switch halt.request() {
                case 1: Console.error("miyabi: stopping; once more to stop at once")
                case 2: Console.error("miyabi: stopping at once; once more to give up waiting")
                default: exit(130)
                }
            }
        }
        defer { forwarding.cancel() }
        return try await body(halt)
    }
}
