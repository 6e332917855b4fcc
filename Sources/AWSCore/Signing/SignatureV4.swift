import Crypto

/// Signature Version 4: what a client signs with, and a server checks against.
///
/// Source: AWS, "Create a signed AWS API request" in the IAM user guide.
package enum SignatureV4 {
    /// The algorithm.
    package static let algorithm = "AWS4-HMAC-SHA256"
    /// The end of every scope.
    package static let terminator = "aws4_request"

    /// What a signature is good for: one day, one region, one service.
    package struct Scope: Sendable, Hashable {
        package let day: String
        package let region: String
        package let service: String

        /// - Parameter day: `YYYYMMDD`.
        package init(day: String, region: String, service: String) {
            self.day = day
            self.region = region
            self.service = service
        }

        var text: String { "\(day)/\(region)/\(service)/\(terminator)" }
    }

    /// The key that signs everything in a scope: derived once a day.
    package struct Key: Sendable {
        private let key: SymmetricKey
        private let scope: Scope

        package init(secret: String, scope: Scope) {
            var key = SymmetricKey(data: Array("AWS4\(secret)".utf8))
            for part in [scope.day, scope.region, scope.service, terminator] {
                key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key))
            }
            self.key = key
            self.scope = scope
        }

        /// The signature of a request, in hexadecimal digits.
        func signature(of request: CanonicalRequest, timestamp: String) -> String {
            Hexadecimal.encode(
                HMAC<SHA256>.authenticationCode(for: textToSign(request, timestamp: timestamp), using: key))
        }

        /// Whether a signature is that of the request. It takes as long for every wrong one.
        package func accepts(_ signature: String, of request: CanonicalRequest, timestamp: String) -> Bool {
            guard let code = Hexadecimal.decode(signature) else { return false }
            return HMAC<SHA256>.isValidAuthenticationCode(
                code, authenticating: textToSign(request, timestamp: timestamp), using: key)
        }

        private func textToSign(_ request: CanonicalRequest, timestamp: String) -> [UInt8] {
            let digest = Hexadecimal.encode(SHA256.hash(data: Array(request.text.utf8)))
            return Array("\(algorithm)\n\(timestamp)\n\(scope.text)\n\(digest)".utf8)
        }
    }
}

/// Bytes as lower-case hexadecimal digits.
enum Hexadecimal {
    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in bytes {
            for digit in [byte >> 4, byte & 15] {
                text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes; nil for what this enumeration does not write.
    static func decode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in text.utf8 {
            let digit: UInt8
            switch character {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = character - UInt8(ascii: "a") + 10
            default: return nil
            }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return high == nil ? bytes : nil
    }
}
