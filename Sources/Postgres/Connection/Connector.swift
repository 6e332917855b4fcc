import Logging
import Synchronization

/// Opens connections without blocking the caller's thread, within a time limit.
enum Connector {
    static func open(_ configuration: PostgresConfiguration, logger: Logger) async throws -> ConnectionHandle {
        let attempt = Attempt()
        TLSLibrary.prepare()
        let limit = configuration.connectTimeout.bounded
        let deadline = limit > .zero ? ContinuousClock.now + limit : nil
        let notices = NoticeSink(configuration.noticeHandler ?? { $0.log(to: logger) })
        try Threads.detach(named: "postgres-connect") {
            attempt.finish(
                Result {
                    let plan = try ConnectPlan(configuration.connectOptions(), resolve: HostNames.resolve)
                    try configuration.checkTransport(plan)
                    attempt.begin()
                    if attempt.isFinished { throw CancellationError() }
                    return try Self.open(plan, notices, deadline) { attempt.isFinished }
                })
            attempt.end()
        }

        // The thread keeps the limit too, but not while it resolves a name.
        let timer = deadline.map { deadline in
            Task {
                try await Task.sleep(until: deadline)
                attempt.finish(.failure(PostgresError(.connectTimeout, "no connection was made within \(limit)")))
            }
        }
        defer { timer?.cancel() }
        do {
            return try await withTaskCancellationHandler {
                try await attempt.outcome()
            } onCancel: {
                attempt.finish(.failure(CancellationError()))
            }
        } catch {
            // Nothing of the attempt goes on when its outcome is known.
            await attempt.ended()
            throw error
        }
    }

    /// Tries one server after the other, each for its share of the time that is left.
    private static func open(
        _ plan: ConnectPlan, _ notices: NoticeSink, _ deadline: ContinuousClock.Instant?, isAbandoned: () -> Bool
    ) throws -> ConnectionHandle {
        let attempts = plan.attempts
        var failures: [PostgresError] = []
        for (index, options) in attempts.enumerated() {
            let share = deadline.map {
                ContinuousClock.now + ContinuousClock.now.duration(to: $0) / (attempts.count - index)
            }
            do {
                return try ConnectionHandle.open(options, notices: notices, deadline: share, isAbandoned: isAbandoned)
            } catch let error as PostgresError {
                failures.append(error)
                guard ConnectPlan.continues(after: error) else { break }
            }
        }
        let last = failures.last
        throw PostgresError(
            last?.code ?? .connectFailed, failures.map(\.message).joined(separator: "\n"), server: last?.server)
    }

    /// The first outcome wins: the connection, its failure, the time limit or cancellation. A connection that comes
    /// too late is closed by the thread that made it.
    private final class Attempt: Sendable {
        private enum State {
            case running
            case awaited(CheckedContinuation<ConnectionHandle, any Error>)
            case finished(Result<ConnectionHandle, any Error>)
            case delivered
        }

        /// Whether the thread is at work on a connection; resolving a name, which nobody can cut short, is not.
        private enum Work {
            case none
            case connecting
            case awaited(CheckedContinuation<Void, Never>)
        }

        private let state = Mutex(State.running)
        private let work = Mutex(Work.none)

        func begin() { work.withLock { $0 = .connecting } }

        func end() {
            let continuation = work.withLock { work -> CheckedContinuation<Void, Never>? in
                defer { work = .none }
                guard case .awaited(let continuation) = work else { return nil }
                return continuation
            }
            continuation?.resume()
        }

        /// Returns when the thread does nothing more with a connection: soon after it is abandoned.
        func ended() async {
            await withCheckedContinuation { continuation in
                let isOver = work.withLock { work in
                    guard case .connecting = work else { return true }
                    work = .awaited(continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
        }

        var isFinished: Bool {
            state.withLock { state in
                switch state {
                case .running, .awaited: false
                case .finished, .delivered: true
                }
            }
        }

        func outcome() async throws -> ConnectionHandle {
            try await withCheckedThrowingContinuation { continuation in
                let outcome: Result<ConnectionHandle, any Error>? = state.withLock { state in
                    guard case .finished(let outcome) = state else {
                        state = .awaited(continuation)
                        return nil
                    }
                    state = .delivered
                    return outcome
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        }

        func finish(_ outcome: Result<ConnectionHandle, any Error>) {
            let (continuation, isLate) = state.withLock {
                state -> (CheckedContinuation<ConnectionHandle, any Error>?, Bool) in
                switch state {
                case .running:
                    state = .finished(outcome)
                    return (nil, false)
                case .awaited(let continuation):
                    state = .delivered
                    return (continuation, false)
                case .finished, .delivered: return (nil, true)
                }
            }
            continuation?.resume(with: outcome)
            if isLate, case .success(let handle) = outcome { handle.finish() }
        }
    }
}

extension PostgresNotice {
    /// Logs what the server says: warnings as such, the rest for debugging. Details may hold values and are left out.
    func log(to logger: Logger) {
        var metadata: Logger.Metadata = ["severity": "\(severity)"]
        if let sqlState = fields.sqlState { metadata["sqlState"] = "\(sqlState)" }
        logger.log(level: severity == "WARNING" ? .warning : .debug, "PostgreSQL: \(message)", metadata: metadata)
    }
}
