import Logging
import Metrics
import Synchronization
import Tracing

/// Tells logs, metrics and traces what a client does. Keys and items are never told.
///
/// | metric | labels | |
/// |---|---|---|
/// | `db.client.operation.duration` | operation, result: `ok` or an error's code | timer, retries and waits included |
/// | `dynamodb.client.attempts` | operation | counter of requests sent |
/// | `dynamodb.client.retries` | operation, code | counter of requests sent again, by the fault before |
///
/// A call is one span of the client's kind, `DynamoDB.GetItem`, in which each retry is an event.
///
/// Source: OpenTelemetry, "Semantic conventions for AWS DynamoDB client operations".
final class ClientObserver: Sendable {
    private let logger: Logger
    private let factory: any MetricsFactory
    private let tracer: any Tracer
    /// Counters by operation: to make one for each request would cost more than the rest of this.
    private let attempts = Mutex<[String: Counter]>([:])
    private let durations = Mutex<[String: Timer]>([:])

    init(
        logger: Logger, factory: any MetricsFactory = MetricsSystem.factory,
        tracer: any Tracer = InstrumentationSystem.tracer
    ) {
        self.logger = logger
        self.factory = factory
        self.tracer = tracer
    }

    /// Observes one call of an operation.
    func call(
        _ operation: String, table: String?, _ body: (Call) async throws -> Void
    ) async throws {
        let start = ContinuousClock.now
        try await tracer.withSpan("DynamoDB.\(operation)", ofKind: .client) { span in
            span.attributes["db.system.name"] = "aws.dynamodb"
            span.attributes["db.operation.name"] = operation
            if let table { span.attributes["aws.dynamodb.table_names"] = [table] }
            var result = "ok"
            defer { duration(operation, result).recordNanoseconds(ContinuousClock.now - start) }
            do {
                try await body(Call(observer: self, operation: operation, span: span))
            } catch {
                result = (error as? DynamoDBError)?.code.rawValue ?? "Cancelled"
                span.attributes["error.type"] = result
                throw error
            }
        }
    }

    /// One call under observation.
    struct Call {
        fileprivate let observer: ClientObserver
        fileprivate let operation: String
        fileprivate let span: any Span

        /// A request is about to be sent.
        func attempt() {
            observer.attempts.withLock { counters in
                if let counter = counters[operation] { return counter.increment() }
                let counter = Counter(
                    label: "dynamodb.client.attempts", dimensions: [("operation", operation)], factory: observer.factory
                )
                counters[operation] = counter
                counter.increment()
            }
        }

        /// The request of a number is about to be sent again.
        func retry(after error: DynamoDBError, attempt: Int) {
            let code = error.code.rawValue
            Counter(
                label: "dynamodb.client.retries", dimensions: [("operation", operation), ("code", code)],
                factory: observer.factory
            ).increment()
            span.addEvent(
                SpanEvent(name: "retry", attributes: ["error.type": .string(code), "attempt": .int64(Int64(attempt))]))
            observer.logger.debug(
                "Retrying a DynamoDB request",
                metadata: ["operation": "\(operation)", "attempt": "\(attempt)", "code": "\(code)"])
        }
    }

    private func duration(_ operation: String, _ result: String) -> Timer {
        durations.withLock { timers in
            let key = "\(operation) \(result)"
            if let timer = timers[key] { return timer }
            let timer = Timer(
                label: "db.client.operation.duration", dimensions: [("operation", operation), ("result", result)],
                factory: factory)
            timers[key] = timer
            return timer
        }
    }
}

extension Timer {
    fileprivate func recordNanoseconds(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
