import AWSCore
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOSSL

/// Carries one signed request to the server and its response back. Tests put their own in its place.
protocol Transport: Sendable {
    /// Sends a request.
    ///
    /// - Throws: ``DynamoDBError`` with `connectionFailed` or `requestTimeout`, or `CancellationError`.
    func send(_ request: TransportRequest, timeout: Duration) async throws -> TransportResponse

    /// Closes every connection.
    func close() async throws
}

/// A request, ready to be sent as it is.
struct TransportRequest: Sendable {
    let endpoint: Endpoint
    let headers: [(name: String, value: String)]
    let body: [UInt8]
}

/// A response.
struct TransportResponse: Sendable {
    let status: Int
    /// The value of `x-amzn-RequestId`.
    var requestID: String?
    /// The value of `x-amz-crc32`.
    var checksum: UInt32?
    let body: ByteBuffer
}

/// The transport over AsyncHTTPClient, which pools connections.
struct HTTPTransport: Transport {
    /// More than any response of DynamoDB: pages hold 16 MB of items at most.
    private static let maximumResponseBytes = 64 << 20

    private let client: HTTPClient

    /// - Throws: ``DynamoDBError`` with `invalidConfiguration` for authorities that cannot be read.
    init(_ configuration: DynamoDBClientConfiguration) throws(DynamoDBError) {
        var http = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .init(configuration.connectTimeout)),
            connectionPool: .init(idleTimeout: .init(configuration.connectionIdleTimeout)))
        http.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = configuration.maximumConnections
        http.tlsConfiguration = try Self.tls(configuration)
        // A connection that fails is this client's to retry, with its own bounds.
        http.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: http)
    }

    private static func tls(_ configuration: DynamoDBClientConfiguration) throws(DynamoDBError) -> TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        // The variable of AWS's tools.
        guard let path = configuration.authoritiesPath ?? AWSVariables.authoritiesPath else { return tls }
        do {
            tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(path))
        } catch {
            throw DynamoDBError(
                code: .invalidConfiguration, message: "Cannot read the authorities (AWS_CA_BUNDLE) in \(path): \(error)"
            )
        }
        return tls
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

/// Takes the body of an answer.
typealias AnswerReader = (_ bytes: UnsafeRawBufferPointer) throws(DynamoDBError) -> Void

extension TransportResponse {
    /// Checks the response, and hands its body to be read.
    ///
    /// - Throws: ``DynamoDBError``: the server's own, or `invalidResponse` for a body that is not DynamoDB's. A body
    ///   that was damaged on its way is a `connectionFailed`, which is worth a retry.
    func read(_ take: AnswerReader) throws {
        try body.withUnsafeReadableBytes { bytes in
            if let checksum, checksum != CRC32.checksum(bytes) {
                throw DynamoDBError(
                    code: .connectionFailed, message: "The response does not match its checksum (x-amz-crc32)",
                    requestID: requestID)
            }
            guard status == 200 else { throw failure(bytes) }
            do throws(DynamoDBError) {
                try take(bytes)
            } catch {
                throw DynamoDBError(
                    code: .invalidResponse, message: "The server's answer is not DynamoDB's: \(error.message)",
                    httpStatus: status, requestID: requestID)
            }
        }
    }

    /// The error that the server sent; proxies and load balancers send bodies that are not JSON.
    private func failure(_ bytes: UnsafeRawBufferPointer) -> DynamoDBError {
        do throws(DynamoDBError) {
            let error = try DynamoDBError(jsonDocument: bytes)
            return DynamoDBError(
                code: error.code, message: error.message, httpStatus: status, requestID: requestID, item: error.item,
                cancellationReasons: error.cancellationReasons)
        } catch {
            return DynamoDBError(
                code: status == 503 ? .serviceUnavailable : status >= 500 ? .internalServerError : .invalidResponse,
                message: "The server answered with HTTP status \(status) and no DynamoDB error",
                httpStatus: status, requestID: requestID)
        }
    }
}
