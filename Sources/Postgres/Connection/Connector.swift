import Logging
import Synchronization

/// Opens connections without blocking the caller's thread, within a time limit.
enum Connector {
    static func open(_ configuration: PostgresConfiguration, logger: Logger) async throws -> ConnectionHandle {
        let attempt = Attempt()
        let options = configuration.connectOptions
        let notices = NoticeSink(configuration.noticeHandler ?? { $0.log(to: logger) })
        try Threads.detach(named: "postgres-connect") {
            attempt.finish(Result { try ConnectionHandle.open(options, notices: notices) })
        }

        let limit = configuration.connectTimeout
        let timer =
            limit > .zero
            ? Task {
                try await Task.sleep(for: limit)
                attempt.finish(.failure(PostgresError(.connectTimeout, "no connection within \(limit)")))
            } : nil
        defer { timer?.cancel() }
        return try await withTaskCancellationHandler {
            try await attempt.outcome()
        } onCancel: {
            attempt.finish(.failure(CancellationError()))
        }
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

        private let state = Mutex(State.running)

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
