import AWSCore
import Logging
import NIOCore
import Synchronization

@testable import DynamoDB

/// Answers with what a test prepared, and keeps what was sent.
final class FakeTransport: Transport {
    enum Answer: Sendable {
        case response(status: Int, body: String, checksum: UInt32? = nil)
        case fault(DynamoDBError)
        case cancelled
    }

    private struct State {
        var answers: [Answer]
        var requests: [TransportRequest] = []
        var timeouts: [Duration] = []
    }

    private let state: Mutex<State>

    /// The answers in their order; the last one is repeated.
    convenience init(_ answers: Answer...) {
        self.init(answers: answers)
    }

    init(answers: [Answer]) {
        state = Mutex(State(answers: answers))
    }

    var requests: [TransportRequest] { state.withLock { $0.requests } }
    var timeouts: [Duration] { state.withLock { $0.timeouts } }

    func send(_ request: TransportRequest, timeout: Duration) async throws -> TransportResponse {
        let answer = state.withLock { state in
            state.requests.append(request)
            state.timeouts.append(timeout)
            return state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
        }
        switch answer {
        case .response(let status, let body, let checksum):
            return TransportResponse(
                status: status, requestID: "REQUEST1", checksum: checksum, body: ByteBuffer(string: body))
        case .fault(let error): throw error
        case .cancelled: throw CancellationError()
        }
    }

    func close() async throws {}
}

/// Time that passes only by waiting, and then at once.
final class ManualTime: Sendable {
    private let state = Mutex((now: ContinuousClock.now, sleeps: [Duration]()))

    var sleeps: [Duration] { state.withLock { $0.sleeps } }

    var pacing: Pacing {
        Pacing(now: { self.state.withLock { $0.now } }) { duration in
            self.state.withLock {
                $0.now += duration
                $0.sleeps.append(duration)
            }
        }
    }
}

extension DynamoDBClient {
    /// A client on a fake transport, with keys that mean nothing.
    static func fake(
        _ transport: any Transport, time: ManualTime = ManualTime(), maximumAttempts: Int = 3,
        timeout: Duration = .seconds(5), attemptTimeout: Duration? = nil,
        observer: ClientObserver = ClientObserver(logger: Logger(label: "test"))
    ) throws -> DynamoDBClient {
        let keys = Credentials(
            accessKeyID: "AKIDEXAMPLE", secretAccessKey: "SECRETEXAMPLE", sessionToken: "TOKENEXAMPLE")
        let configuration = DynamoDBClientConfiguration(
            credentials: StaticCredentialsProvider(keys), timeout: timeout, attemptTimeout: attemptTimeout,
            maximumAttempts: maximumAttempts)
        return try DynamoDBClient(
            configuration, transport: transport, pacing: time.pacing, observer: observer)
    }
}
