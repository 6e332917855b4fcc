import Crypto

/// Signature Version 4: pure functions of what is signed.
///
/// Source: AWS, "Create a signed AWS API request" in the IAM user guide.
enum SignatureV4 {
    /// What a signature is good for: one day, one region, one service.
    struct Scope: Sendable, Hashable {
        let day: String
        let region: String
        let service: String

        var text: String { "\(day)/\(region)/\(service)/aws4_request" }
    }

    /// A request as it will be sent.
    struct Request {
        let method: String
        /// The path, percent-encoded; `/` at least.
        let path: String
        /// Every header to be signed: names in lower case, in alphabetical order, values without blanks at the ends.
        let headers: [(name: String, value: String)]
        let body: [UInt8]
    }

    /// The key that signs everything in a scope: derived once a day.
    static func signingKey(secret: String, scope: Scope) -> SymmetricKey {
        var key = SymmetricKey(data: Array("AWS4\(secret)".utf8))
        for part in [scope.day, scope.region, scope.service, "aws4_request"] {
            key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key))
        }
        return key
    }

    /// The value of the `Authorization` header.
    static func authorization(
        of request: Request, timestamp: String, scope: Scope, accessKeyID: String, key: SymmetricKey
    ) -> String {
        let signedHeaders = request.headers.map(\.name).joined(separator: ";")
        var canonical = "\(request.method)\n\(request.path)\n\n"
        for header in request.headers { canonical += "\(header.name):\(header.value)\n" }
        canonical += "\n\(signedHeaders)\n\(hexadecimal(SHA256.hash(data: request.body)))"

        let digest = hexadecimal(SHA256.hash(data: Array(canonical.utf8)))
        let toSign = "AWS4-HMAC-SHA256\n\(timestamp)\n\(scope.text)\n\(digest)"
        let signature = hexadecimal(HMAC<SHA256>.authenticationCode(for: Array(toSign.utf8), using: key))
        return "AWS4-HMAC-SHA256 Credential=\(accessKeyID)/\(scope.text), "
            + "SignedHeaders=\(signedHeaders), Signature=\(signature)"
    }

    /// Bytes as lower-case hexadecimal digits.
    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in bytes {
            for digit in [byte >> 4, byte & 15] {
                text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
