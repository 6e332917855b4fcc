import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// A request to one of the services that give credentials.
struct CredentialsRequest {
    struct Response {
        let status: Int
        let body: String
    }

    /// More than any of their answers.
    private static let maximumBytes = 1 << 20

    var method = "GET"
    let url: String
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
    /// For one attempt.
    var timeout: Duration = .seconds(2)
    var attempts = 1

    /// Sends it, again after a fault that may pass. The headers, which may be secret, are in no error.
    func send(pacing: Pacing = .real) async throws -> Response {
        let policy = RetryPolicy(maximumAttempts: attempts)
        var attempt = 1
        while true {
            do {
                let response = try await once()
                guard response.status == 429 || response.status >= 500, attempt < attempts else { return response }
            } catch let error as DynamoDBError {
                guard attempt < attempts else { throw error }
            }
            try await pacing.sleep(
                policy.delay(afterAttempt: attempt, isThrottling: false, random: .random(in: 0...1)))
            attempt += 1
        }
    }

    private func once() async throws -> Response {
        var request = HTTPClientRequest(url: url)
        request.method = HTTPMethod(rawValue: method)
        request.headers = HTTPHeaders(headers.map { ($0.name, $0.value) })
        if !body.isEmpty { request.body = .bytes(ByteBuffer(bytes: body)) }
        do {
            let response = try await HTTPClient.shared.execute(request, timeout: .init(timeout))
            let body = try await response.body.collect(upTo: CredentialsRequest.maximumBytes)
            return Response(status: Int(response.status.code), body: String(buffer: body))
        } catch {
            if Task.isCancelled || error is CancellationError { throw CancellationError() }
            throw DynamoDBError.refusedCredentials("\(url) cannot be reached: \(String(describing: error))")
        }
    }
}
