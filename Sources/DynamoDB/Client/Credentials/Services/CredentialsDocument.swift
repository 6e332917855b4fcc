import FoundationEssentials

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

    static func credentials(in text: String, from place: String) throws(DynamoDBError) -> Credentials {
        guard let document = try? JSONDecoder().decode(CredentialsDocument.self, from: Data(text.utf8)) else {
            throw .refusedCredentials("The answer of \(place) is not JSON")
        }
        if let code = document.code, code != "Success" { throw .refusedCredentials("\(place) answered \(code)") }
        guard let id = document.accessKeyID, let secret = document.secretAccessKey else {
            throw .refusedCredentials("The answer of \(place) holds no credentials")
        }
        var end: SigningDate?
        if let text = document.expiration {
            end = SigningDate(iso8601: text)
            guard end != nil else { throw .refusedCredentials("The Expiration that \(place) answered is not a time") }
        }
        return Credentials(
            accessKeyID: id, secretAccessKey: secret, sessionToken: document.token, expiration: end?.secondsSince1970)
    }
}

extension SigningDate {
    /// Reads `2025-11-29T10:30:00Z`, with a fraction or without; nil for anything else.
    init?(iso8601 text: String) {
        var compact = text.filter { $0 != "-" && $0 != ":" }
        if let point = compact.firstIndex(of: "."), compact[point...].dropFirst().dropLast().allSatisfy(\.isNumber) {
            compact = String(compact[..<point] + compact.suffix(1))
        }
        self.init(timestamp: compact)
    }
}
