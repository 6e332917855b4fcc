import Crypto
import FoundationEssentials
import MiyabiSystem

/// A password as PostgreSQL stores it: `SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>` (RFC 5803).
///
/// Sent in `ALTER ROLE … PASSWORD` instead of the password, it keeps the password out of statements, logs and statistics.
/// For ASCII passwords only, which need no SASLprep.
enum SCRAMVerifier {
    static func make(password: String, salt: [UInt8] = RandomSecret.bytes(16), iterations: Int = 4096) -> String {
        let salted = SymmetricKey(data: pbkdf2(password: password, salt: salt, iterations: iterations))
        let clientKey = HMAC<SHA256>.authenticationCode(for: Array("Client Key".utf8), using: salted)
        let storedKey = SHA256.hash(data: Array(clientKey))
        let serverKey = HMAC<SHA256>.authenticationCode(for: Array("Server Key".utf8), using: salted)
        return "SCRAM-SHA-256$\(iterations):\(base64(salt))$\(base64(Array(storedKey))):\(base64(Array(serverKey)))"
    }

    /// PBKDF2-HMAC-SHA-256 with one block of output (RFC 5802 calls it Hi).
    private static func pbkdf2(password: String, salt: [UInt8], iterations: Int) -> [UInt8] {
        let key = SymmetricKey(data: Array(password.utf8))
        var block = Array(HMAC<SHA256>.authenticationCode(for: salt + [0, 0, 0, 1], using: key))
        var result = block
        for _ in 1..<iterations {
            block = Array(HMAC<SHA256>.authenticationCode(for: block, using: key))
            for index in result.indices { result[index] ^= block[index] }
        }
        return result
    }

    private static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}
