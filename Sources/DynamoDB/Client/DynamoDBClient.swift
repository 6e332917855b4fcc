internal import AWSCore
public import Logging

/// DynamoDB over signed HTTP: AWS, Miyabi's own service, or any compatible server.
///
/// A client pools its connections, so make one and share it; close it when done. Every operation throws
/// ``DynamoDBError``, or `CancellationError` when its task is cancelled.
public final class DynamoDBClient: DynamoDBAPI {
    private let endpoint: Endpoint
    private let streamsEndpoint: Endpoint
    private let credentials: any CredentialsProvider
    private let allowsPlaintext: Bool
    private let timeout: Duration
    private let attemptTimeout: Duration?
    private let transport: any Transport
    private let signer: RequestSigner
    private let policy: RetryPolicy
    private let quota = RetryQuota()
    private let pacing: Pacing
    private let observer: ClientObserver

    /// Makes a client; it connects with the first request.
    ///
    /// - Throws: ``DynamoDBError`` with `invalidConfiguration`, telling what is wrong.
    public convenience init(
        _ configuration: DynamoDBClientConfiguration = DynamoDBClientConfiguration(),
        logger: Logger = Logger(label: "dynamodb.client")
    ) throws {
        _ = try configuration.validated()
        try self.init(
            configuration, transport: try HTTPTransport(configuration), observer: ClientObserver(logger: logger))
    }

    /// Makes a client of a transport, which it closes.
    init(
        _ configuration: DynamoDBClientConfiguration, transport: any Transport, pacing: Pacing = .real,
        observer: ClientObserver
    ) throws {
        endpoint = try configuration.validated()
        streamsEndpoint = try configuration.validated(for: .streams)
        credentials = configuration.credentials
        allowsPlaintext = configuration.allowsPlaintext
        timeout = configuration.timeout
        attemptTimeout = configuration.attemptTimeout
        self.transport = transport
        signer = RequestSigner(region: configuration.region, service: "dynamodb")
        policy = RetryPolicy(
            maximumAttempts: configuration.maximumAttempts, base: configuration.backoffBase,
            maximum: configuration.backoffMaximum)
        self.pacing = pacing
        self.observer = observer
    }

    /// Closes every connection. Requests that are still running fail.
    public func close() async throws {
        try await transport.close()
    }

    /// Sends an operation as often as policy, quota and time allow.
    ///
    /// What depends on the operation's types ends here: the rest is compiled once, not for each operation.
    func send<Output: JSONCodable>(
        _ operation: String, of service: APIService = .dynamoDB, _ input: some JSONCodable, table: String? = nil
    ) async throws -> Output {
        var output: Output?
        try await exchange(operation, of: service, input.jsonDocument, table: table) { bytes throws(DynamoDBError) in
            output = try Output(jsonDocument: bytes)
        }
        guard let output else { preconditionFailure("an answer was taken, and is not there") }
        return output
    }

    private func exchange(
        _ operation: String, of service: APIService, _ body: [UInt8], table: String?, take: AnswerReader
    ) async throws {
        try await observer.call(operation, table: table) { call in
            let deadline = pacing.now() + timeout
            var attempt = 1
            while true {
                do {
                    call.attempt()
                    let left = pacing.now().duration(to: deadline)
                    let response = try await attemptOnce(
                        operation, of: service, body: body, timeout: attemptTimeout.map { min($0, left) } ?? left)
                    try response.read(take)
                    return quota.deposit(afterRetry: attempt > 1)
                } catch let error as DynamoDBError {
                    let error = error.at(operation: operation, table: table)
                    guard error.isRetryable, attempt < policy.maximumAttempts, quota.withdraw() else { throw error }
                    let delay = policy.delay(
                        afterAttempt: attempt, isThrottling: error.isThrottling, random: .random(in: 0...1))
                    // A wait that would use up the time is not worth it: the fault itself tells more than a timeout.
                    guard pacing.now() + delay < deadline else { throw error }
                    call.retry(after: error, attempt: attempt)
                    try await pacing.sleep(delay)
                    attempt += 1
                }
            }
        }
    }

    private func attemptOnce(
        _ operation: String, of service: APIService, body: [UInt8], timeout: Duration
    ) async throws -> TransportResponse {
        let endpoint = service == .streams ? streamsEndpoint : endpoint
        let credentials = try await currentCredentials()
        if !allowsPlaintext, !endpoint.isSafe(for: credentials) { throw DynamoDBError.plaintext(endpoint) }
        let headers = signer.headers(
            endpoint: endpoint, contentType: "application/x-amz-json-1.0", target: service.target(operation),
            body: body, credentials: credentials)
        return try await transport.send(
            TransportRequest(endpoint: endpoint, headers: headers, body: body), timeout: timeout)
    }

    private func currentCredentials() async throws -> Credentials {
        do {
            return try await credentials.credentials()
        } catch let error as AWSError {
            throw DynamoDBError(error)
        }
    }
}

extension Endpoint {
    /// Whether nobody on the way learns by a request what is worth anything.
    fileprivate func isSafe(for credentials: Credentials) -> Bool {
        isEncrypted || isThisMachine || credentials.areStandIn
    }
}

extension DynamoDBError {
    fileprivate static func plaintext(_ endpoint: Endpoint) -> DynamoDBError {
        DynamoDBError(
            code: .plaintextRefused,
            message:
                "Somebody on the way to \(endpoint) could read and change what is sent: use an address with https://, or "
                + "allow it with MIYABI_ALLOW_PLAINTEXT=1 (allowsPlaintext in code)")
    }
}
