internal import DynamoDB

/// A ClientRequestToken, and the digest of the request that it was given with.
struct RequestToken: Sendable {
    let text: String
    let digest: [UInt8]

    /// - Throws: `ValidationException` for a token of a length that AWS refuses.
    init(_ text: String, _ digest: RequestDigest) throws(DynamoDBError) {
        guard (1...Limits.requestTokenLength).contains(text.utf8.count) else {
            throw .validation(
                "1 validation error detected: Value '\(text)' at 'clientRequestToken' failed to satisfy constraint: "
                    + "Member must have length \(text.isEmpty ? "greater" : "less") than or equal to "
                    + "\(text.isEmpty ? 1 : Limits.requestTokenLength)")
        }
        self.text = text
        self.digest = digest.bytes
    }

    /// Whose lock lets requests with the token only one after the other.
    var lockKey: [UInt8] { Array(text.utf8) }
}
