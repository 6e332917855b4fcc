import AWSCore
import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// The transport over AsyncHTTPClient, which pools connections.
struct HTTPTransport: Transport {
    /// More than any response of DynamoDB: pages hold 16 MB of items at most.
    private static let maximumResponseBytes = 64 << 20

    private let client: HTTPClient

    init(_ configuration: DynamoDBClientConfiguration) {
        var http = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .init(configuration.connectTimeout)),
            connectionPool: .init(idleTimeout: .init(configuration.connectionIdleTimeout)))
        http.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = configuration.maximumConnections
        // A connection that fails is this client's to retry, with its own bounds.
        http.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: http)
    }

    func send(_ request: TransportRequest, timeout: Duration) async throws -> TransportResponse {
        var http = HTTPClientRequest(url: request.endpoint.url)
        http.method = .POST
        for header in request.headers { http.headers.add(name: header.name, value: header.value) }
        http.headers.add(name: "user-agent", value: "miyabi-dynamodb")
        http.body = .bytes(ByteBuffer(bytes: request.body))
        do {
            let response = try await client.execute(http, timeout: .init(timeout))
            let body = try await response.body.collect(upTo: HTTPTransport.maximumResponseBytes)
            return TransportResponse(
                status: Int(response.status.code),
                requestID: response.headers.first(name: "x-amzn-requestid"),
                checksum: response.headers.first(name: "x-amz-crc32").flatMap { UInt32($0) },
                body: body)
        } catch {
            throw HTTPTransport.translated(error, endpoint: request.endpoint, timeout: timeout)
        }
    }

    func close() async throws {
        try await client.shutdown()
    }

    private static func translated(_ error: any Error, endpoint: Endpoint, timeout: Duration) -> any Error {
        if Task.isCancelled || error is CancellationError { return CancellationError() }
        switch error as? HTTPClientError {
        case .cancelled:
            return CancellationError()
        case .deadlineExceeded, .readTimeout, .writeTimeout, .getConnectionFromPoolTimeout:
            return DynamoDBError(
                code: .requestTimeout, message: "\(endpoint) did not answer within \(timeout.formatted)")
        case .connectTimeout:
            return DynamoDBError(
                code: .connectionFailed, message: "Cannot connect to \(endpoint): no answer in time")
        default:
            return DynamoDBError(
                code: .connectionFailed, message: "Cannot reach \(endpoint): \(String(describing: error))")
        }
    }
}

extension Endpoint {
    /// The address in the form that AsyncHTTPClient takes.
    fileprivate var url: String { "\(isEncrypted ? "https" : "http")://\(host):\(port)\(path)" }
}

extension Duration {
    /// Seconds, such as `4.98 s`.
    fileprivate var formatted: String {
        let hundredths = Int(self / .milliseconds(10))
        return "\(Double(hundredths) / 100) s"
    }
}
