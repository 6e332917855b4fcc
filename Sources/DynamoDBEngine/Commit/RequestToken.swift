internal import DynamoDB

/// A ClientRequestToken, and the digest of the request that it was given with.
struct RequestToken: Sendable {
    let text: String
    let digest: [UInt8]

    init(_ text: String, _ digest: RequestDigest) {
        self.text = text
        self.digest = digest.bytes
    }

    /// Whose lock lets requests with the token only one after the other.
    var lockKey: [UInt8] { Array(text.utf8) }
}
