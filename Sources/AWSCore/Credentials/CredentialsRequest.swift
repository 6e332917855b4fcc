import AsyncHTTPClient
import FoundationEssentials
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
            } catch let error as AWSError {
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
            throw AWSError.refused("\(url) cannot be reached: \(String(describing: error))")
        }
    }
}

/// The JSON that the container's endpoint and the instance's metadata service answer with.
struct CredentialsDocument: Decodable {
    let code: String?
    let accessKeyID: String?
    let secretAccessKey: String?
    let token: String?
    let expiration: String?

    private enum CodingKeys: String, CodingKey {
        case code = "Code"
        case accessKeyID = "AccessKeyId"
        case secretAccessKey = "SecretAccessKey"
        case token = "Token"
        case expiration = "Expiration"
    }

    static func credentials(in text: String, from place: String) throws(AWSError) -> Credentials {
        guard let document = try? JSONDecoder().decode(CredentialsDocument.self, from: Data(text.utf8)) else {
            throw .refused("The answer of \(place) is not JSON")
        }
        if let code = document.code, code != "Success" { throw .refused("\(place) answered \(code)") }
        guard let id = document.accessKeyID, let secret = document.secretAccessKey else {
            throw .refused("The answer of \(place) holds no credentials")
        }
        var end: SigningDate?
        if let text = document.expiration {
            end = SigningDate(iso8601: text)
            guard end != nil else { throw .refused("The Expiration that \(place) answered is not a time") }
        }
        return Credentials(
            accessKeyID: id, secretAccessKey: secret, sessionToken: document.token, expiration: end?.secondsSince1970)
    }
}
